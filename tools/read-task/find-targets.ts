import { SettingsError } from "../../src/core/errors.ts";
import type { Column } from "../../src/core/task.ts";
import { listed } from "./figures.ts";
import { namedOnLines } from "./long-sample.ts";
import { type ProfiledTable, profileColumns } from "./profile-table.ts";
import { classesOf } from "./target-of.ts";
import type { Fixed } from "./task-yaml.ts";

export interface TargetColumns {
  /** Columns of the training table that are to be predicted. */
  targets: string[];
  /** Columns of the submission that hold no prediction. */
  ids: string[];
  /** What speaks for each. */
  reasons: { target: string; id: string };
}

/** Columns, and what speaks for them. */
type Found = readonly [columns: string[], reason: string];

export interface RoleTables {
  train: ProfiledTable | null;
  test: ProfiledTable | null;
  sample: ProfiledTable | null;
}

/** Which columns are to be predicted, and which identify the rows; `task.yaml` first, then what the tables show. */
export async function findTargets(
  tables: RoleTables,
  fixed: Fixed,
  description: string,
): Promise<TargetColumns> {
  const given = (field: "target" | "id"): Found | undefined =>
    fixed[field] && [fixed[field], `from ${fixed.said(field)}`];
  const [targets, target] = given("target") ?? (await inferredTargets(tables, description));
  if (fixed.target !== undefined) requireTargets(fixed.target, tables, fixed.said("target"));
  const [ids, id] = given("id") ?? idColumns(targets, tables, target === LONG);
  return { targets, ids, reasons: { target, id } };
}

async function inferredTargets(tables: RoleTables, description: string): Promise<Found> {
  const { train, test } = tables;
  if (train === null) return [[], "there is no table to learn from"];
  const inTest = filledColumns(test);
  const sample = tables.sample?.file.columns ?? [];
  const unseen = train.file.columns.filter((column) => !inTest.includes(column));
  // Without a test table the sample's first column, when it is not the only one, is an identifier.
  const predicted = test === null && sample.length > 1 ? sample.slice(1) : sample;
  const shared = predicted.filter((column) => unseen.includes(column));
  if (shared.length > 0) return [shared, "the sample submission asks for it"];
  const oneHot = await oneHotTarget(train, unseen, sample);
  if (oneHot !== undefined) return [[oneHot], "its values are the sample submission's columns"];
  const lines = tables.sample === null ? [] : await firstLines(tables.sample);
  const long = namedOnLines(lines, unseen);
  if (long !== null) return [long, LONG];
  const told = (): Found => {
    const named = targetsInWords(description, unseen);
    return [named, named.length > 0 ? "the description names it" : "nothing names one"];
  };
  if (test === null) return told();
  if (unseen.length === 1) return [unseen, "the only column that the test table lacks"];
  if (unseen.length === 0) throw withoutTarget(train, test, tables.sample);
  return told();
}

const LONG = "the lines of the sample submission name them";
const LINES_LOOKED_AT = 200;

async function firstLines({ file }: ProfiledTable): Promise<string[][]> {
  for await (const batch of file.batches()) return batch.slice(0, LINES_LOOKED_AT);
  return [];
}

/** A test column without any value is a place to fill in. */
const filledColumns = (test: ProfiledTable | null): string[] =>
  (test?.table.columns ?? []).filter(({ kind }) => kind !== "empty").map(({ name }) => name);

/** The training column whose values are the sample's columns, with or without its name before them. */
async function oneHotTarget(
  { file, table }: ProfiledTable,
  unseen: readonly string[],
  sample: readonly string[],
): Promise<string | undefined> {
  const possible = table.columns.filter(
    ({ name, distinct }) => unseen.includes(name) && distinct >= 2 && distinct <= 2 * sample.length,
  );
  if (sample.length < 3 || possible.length === 0) return undefined;
  const names = possible.map(({ name }) => name);
  return (await profileColumns(file, names)).find(
    (column) => oneHotColumns(column.name, classesOf(column), sample) !== null,
  )?.name;
}

/** The sample's columns that stand for the classes, in the order of the classes; null when there are none such. */
export function oneHotColumns(
  target: string,
  classes: readonly string[],
  sample: readonly string[],
): string[] | null {
  if (classes.length < 2) return null;
  return (
    ["", `${target}_`, `${target}-`, `${target} `, "class_", "Class_", "prob_", "p_"]
      .map((form) => classes.map((name) => `${form}${name}`))
      .find((columns) => columns.every((column) => sample.includes(column))) ?? null
  );
}

/** The columns that a sentence names as its target, or right behind "predict". */
function targetsInWords(description: string, unseen: readonly string[]): string[] {
  const phrases = [
    /\bpredict(?:s|ed|ing|ion of|ions of)?\b[^.`\n]{0,80}`([^`\n]+)`/gi,
    /\btarget(?: (?:column|variable|feature))?\b[^.`\n]{0,30}`([^`\n]+)`/gi,
    /\b(?:predict(?:ing)?|target(?: (?:column|variable))? ?(?:is|:)) ?(?:the )?([\w.-]{1,200}?)(?=[\s.,;:]|$)/gi,
  ];
  const found = phrases.map((phrase) => {
    const named = new Set([...description.matchAll(phrase)].map(([, name = ""]) => name));
    return unseen.filter((column) => named.has(column));
  });
  return found.find((columns) => columns.length > 0) ?? [];
}

function idColumns(
  targets: readonly string[],
  { sample, test, train }: RoleTables,
  isLong: boolean,
): Found {
  if (sample === null) return [firstId(test ?? train), "named like one, each row another"];
  const { columns } = sample.file;
  if (isLong) return [columns.slice(0, -1), "what the sample submission has beside the value"];
  const rest = columns.filter((column) => !targets.includes(column));
  const inTest = rest.filter((column) => filledColumns(test).includes(column));
  if (inTest.length > 0) return [inTest, "in the sample submission and the test table"];
  const reason = "what the sample submission has beside predictions";
  if (rest.length < columns.length) return [rest, reason];
  return [columns.length > 1 ? columns.slice(0, 1) : [], reason];
}

const ID_NAME = /^(?:.*[_ -])?(?:id|index|key|file|filename|file_name|path|unnamed: 0)$|Id$/i;

/** Whether a column names the rows: by what it is called, and each row by another value. */
export const isIdentifier = ({ name, distinct }: Column, rows: number): boolean =>
  ID_NAME.test(name) && distinct >= rows;

function firstId(table: ProfiledTable | null): string[] {
  const { rows = 0, columns = [] } = table?.table ?? {};
  return columns
    .filter((column) => isIdentifier(column, rows))
    .map(({ name }) => name)
    .slice(0, 1);
}

function requireTargets(
  targets: readonly string[],
  { train, test }: RoleTables,
  said: string,
): void {
  if (train === null) return;
  const { name, columns } = train.file;
  const absent = targets.find((target) => !columns.includes(target));
  if (absent !== undefined)
    throw new SettingsError(
      `${said}: "${absent}" is no column of ${name}; its columns are ${listed(columns)}`,
    );
  const told = targets.find((target) => filledColumns(test).includes(target));
  if (told !== undefined)
    throw new SettingsError(
      `${test?.file.name} holds values of the target "${told}"; remove that column, so that nothing can learn from it`,
    );
}

/** Tables that share every column hold nothing to learn; other data may still be a task of another form. */
function withoutTarget(train: ProfiledTable, test: ProfiledTable, sample: ProfiledTable | null) {
  const missing = sample?.file.columns.find((column) => !train.file.columns.includes(column));
  return new SettingsError(
    missing === undefined
      ? `${train.file.name} has no column that ${test.file.name} lacks, so there is no target; remove the target from the test table, or name it with --target or in task.yaml`
      : `the target "${missing}" of ${sample?.file.name} is no column of ${train.file.name}; add it there, or name the target with --target or in task.yaml`,
  );
}
