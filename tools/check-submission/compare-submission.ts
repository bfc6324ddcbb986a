import { isMissing, numberIn, sameCell } from "../read-task/cells/cell.ts";
import { type CsvFile, ownText, readCells } from "../read-task/csv-file.ts";
import { counted, countOf, listed } from "../read-task/figures.ts";
import type { ExpectedColumn, ExpectedSubmission } from "./expected-submission.ts";

/** Rows beyond those expected are counted up to here, for the sentence that refuses them. */
const MOST_TIMES = 4;
const MOST_MORE = 100_000;

/** What is wrong with a submission, in one sentence that says what to write instead; null when it is valid. */
export async function compareSubmission(
  submission: CsvFile,
  expected: ExpectedSubmission,
): Promise<string | null> {
  const columns = columnProblem(submission.columns, expected);
  if (columns !== null) return columns;
  const checks = expected.columns
    .filter(({ isId }) => !isId)
    .map((column) => new ColumnCheck(column));
  const places = checks.map(({ column }) => submission.columns.indexOf(column.name));
  let rows = 0;
  const isOver = () => rows > expected.rows * MOST_TIMES + MOST_MORE;
  for await (const batch of submission.batches()) {
    for (const row of batch) {
      rows += 1;
      for (const [index, check] of checks.entries()) check.add(row[places[index] ?? 0] ?? "", rows);
    }
    if (isOver()) break;
  }
  if (rows !== expected.rows)
    return `final/submission.csv has ${isOver() ? "more than " : ""}${countOf(rows, "row")} where ${expected.source} has ${counted(expected.rows)}: predict every row of the test data once`;
  return (
    (await idProblem(submission, expected)) ??
    checks.find((check) => check.problem !== null)?.problem ??
    constantProblem(checks)
  );
}

function columnProblem(columns: readonly string[], expected: ExpectedSubmission): string | null {
  const wanted = expected.columns.map(({ name }) => name);
  if (wanted.length === columns.length && wanted.every((name, index) => name === columns[index]))
    return null;
  const problem = `final/submission.csv has the columns ${listed(columns)} where ${expected.source} has ${listed(wanted)}`;
  const same = columns.length === wanted.length && wanted.every((name) => columns.includes(name));
  if (same) return `${problem}: write them in that order`;
  const withIndex = columns[0] === "Unnamed: 0" && columns.length === wanted.length + 1;
  return `${problem}: write exactly these${withIndex ? ", without the index (index=False)" : ""}`;
}

async function idProblem(submission: CsvFile, expected: ExpectedSubmission) {
  const names = expected.columns.filter(({ isId }) => isId).map(({ name }) => name);
  const [wanted, ids] = [expected.ids, await readCells(submission, names)];
  const at = wanted.findIndex((row, index) =>
    row.some((cell, column) => !sameCell(cell, ids[index]?.[column] ?? "")),
  );
  if (at === -1) return null;
  const [known, given] = [new Set(wanted.map(keyOf)), new Set(ids.map(keyOf))];
  return known.size === given.size && [...given].every((key) => known.has(key))
    ? `final/submission.csv has the right ids (${listed(names)}) in another order: keep the order of the sample submission`
    : `row ${counted(at + 1)} of final/submission.csv has the id ${ids[at]?.join(", ")} (${listed(names)}) where ${wanted[at]?.join(", ")} belongs: copy the id columns as they are, in the same order`;
}

const keyOf = (row: readonly string[]): string => row.join("\u0000");

function constantProblem(checks: readonly ColumnCheck[]): string | null {
  const constant = checks.filter((check) => check.constant && !check.column.mayBeConstant);
  const labels = checks.some(({ column }) => column.classes !== null);
  const [first] = constant;
  if (first === undefined || (labels && constant.length < checks.length)) return null;
  return `final/submission.csv predicts ${first.first} for every row (column ${first.column.name}): predict each row from its own data`;
}

/** Looks at one prediction column cell by cell and keeps the first thing that is wrong. */
class ColumnCheck {
  readonly column: ExpectedColumn;
  problem: string | null = null;
  first: string | null = null;
  constant = true;

  constructor(column: ExpectedColumn) {
    this.column = column;
  }

  add(text: string, row: number): void {
    this.problem ??= problemOf(text, row, this.column);
    this.first ??= ownText(text);
    if (this.constant) this.constant = sameCell(this.first, text);
  }
}

function problemOf(text: string, row: number, column: ExpectedColumn): string | null {
  const { name, numeric, probability, mayBeMissing, classes } = column;
  const refused = (what: string, todo: string) =>
    `column ${name} of final/submission.csv ${what} in row ${counted(row)}${todo}`;
  const found = () => `has ${JSON.stringify(text.slice(0, 60))}`;
  if (classes?.some((label) => sameCell(label, text))) return null;
  if (isMissing(text))
    return mayBeMissing ? null : refused("is empty", ": predict a value for every row");
  if (classes !== null)
    return refused(found(), `, which is none of the classes ${listed(classes)}: write one of them`);
  if (!numeric) return null;
  const number = numberIn(text);
  if (number === null) return refused(found(), ": write numbers only");
  if (!Number.isFinite(number)) return refused("is infinite", ": write finite numbers only");
  return probability && (number < 0 || number > 1)
    ? refused(`has ${text}`, ": write probabilities from 0 to 1")
    : null;
}
