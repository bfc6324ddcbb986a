import { join } from "node:path";
import { SettingsError } from "../../../src/core/errors.ts";
import { numberIn } from "../../read-task/cells/cell.ts";
import { openRecords, type Records } from "../units/records.ts";
import { walk } from "../units/walk.ts";
import { TableFile } from "../view/text-file.ts";

/**
 * Writes a submission of the view (`from`) as one for the task as it was given: its lines, ids and columns in their order,
 * the predictions as they stand. Ids may come in any order, and columns too.
 */
export async function restoreSubmission(truth: string, from: string, to: string): Promise<void> {
  const [lines, sample, given] = await Promise.all(
    [join(truth, "lines.csv"), join(truth, "sample.csv"), from].map((path) =>
      openRecords("/", path),
    ),
  );
  if (!lines || !sample || !given) return;
  const ids = lines.columns.slice(1);
  const absent = sample.columns.find((column) => !given.columns.includes(column));
  if (absent !== undefined) throw new SettingsError(`${from} lacks the column "${absent}"`);
  const cells = (await isInOrder(lines, given, ids))
    ? inOrder(lines, given)
    : byIds(lines, given, ids, from);
  const table = new TableFile(to, sample.columns, sample.form);
  for await (const original of walk(sample)) {
    const next = await cells.next();
    if (next.done) throw new SettingsError(`${from} has fewer lines than it should`);
    const cellOf: CellOf = next.value;
    table.add(
      sample.columns.map((column) =>
        ids.includes(column) ? original.cellOf(column) : cellOf(column),
      ),
    );
  }
  await cells.return(undefined);
  table.close();
}

type CellOf = (column: string) => string;

const keyOf = (cellOf: CellOf, ids: readonly string[]): string =>
  ids.map((id) => numberIn(cellOf(id)) ?? cellOf(id)).join("\u0000");

async function isInOrder(lines: Records, given: Records, ids: readonly string[]) {
  const others = walk(given);
  for await (const line of walk(lines)) {
    const other = await others.next();
    if (other.done || keyOf(line.cellOf, ids) !== keyOf(other.value.cellOf, ids)) return false;
  }
  return (await others.next()).done === true;
}

/** The given lines that stand for lines of the original. */
async function* inOrder(lines: Records, given: Records): AsyncGenerator<CellOf, void> {
  const others = walk(given);
  for await (const line of walk(lines)) {
    const other = await others.next();
    if (!other.done && line.cellOf("original") !== "-1") yield other.value.cellOf;
  }
}

async function* byIds(
  lines: Records,
  given: Records,
  ids: readonly string[],
  from: string,
): AsyncGenerator<CellOf, void> {
  const known = new Map<string, CellOf>();
  for await (const { cellOf } of walk(given)) known.set(keyOf(cellOf, ids), cellOf);
  for await (const line of walk(lines)) {
    if (line.cellOf("original") === "-1") continue;
    const found = known.get(keyOf(line.cellOf, ids));
    if (found === undefined)
      throw new SettingsError(`${from} lacks the line of ${ids.map(line.cellOf).join(", ")}`);
    yield found;
  }
}
