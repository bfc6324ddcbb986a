import { SettingsError } from "../../src/core/errors.ts";
import type { SubmissionForm } from "../../src/core/task.ts";
import { readCells } from "./csv-file.ts";
import { countOf, listed } from "./figures.ts";
import type { RoleTables, TargetColumns } from "./find-targets.ts";
import type { ProfiledTable } from "./profile-table.ts";
import type { Fixed } from "./task-yaml.ts";

/** The form of the submission: that of the sample, which must match the test table, else that of the test table, or of the only one. */
export async function submissionForm(
  { sample, test, train }: RoleTables,
  { targets, ids }: TargetColumns,
  folder: string,
  fixed: Fixed,
): Promise<SubmissionForm> {
  const table = sample ?? test ?? train;
  if (table === null)
    throw new SettingsError(
      `${folder} has neither a test table nor a sample submission, so there is nothing to predict; add test.csv or sample_submission.csv`,
    );
  if (table === train && targets.length === 0)
    throw new SettingsError(
      `${table.file.name} is the only table, and nothing says which of its columns to predict; name it with --target or in task.yaml`,
    );
  const absent = ids.find((id) => !table.file.columns.includes(id));
  if (absent !== undefined)
    throw new SettingsError(
      `${fixed.said("id")}: "${absent}" is no column of ${table.file.name}; its columns are ${listed(table.file.columns)}`,
    );
  const [dropped] = sample?.file.dropped ?? [];
  if (dropped !== undefined)
    throw new SettingsError(
      `${fixed.said("drop")}: "${dropped}" is a column of ${sample?.file.name}; it cannot be left out`,
    );
  const isWhole = [sample, test].every((one) => one?.file.estimated === undefined);
  if (sample && test && isWhole) await requireMatch(sample, test, ids);
  return {
    sample: sample?.file.name ?? null,
    columns: sample?.file.columns ?? [...ids, ...targets],
    idColumns: ids,
    rows: table === train ? 0 : table.table.rows,
  };
}

async function requireMatch(
  sample: ProfiledTable,
  test: ProfiledTable,
  ids: readonly string[],
): Promise<void> {
  const refuse = (problem: string) => {
    throw new SettingsError(`${sample.file.name} does not match ${test.file.name}: ${problem}`);
  };
  if (ids.length === 0 && sample.table.rows !== test.table.rows)
    refuse(
      `it has ${countOf(sample.table.rows, "row")} where the test table has ${test.table.rows}; correct one of them`,
    );
  // Ids that the test table does not have are made up by the sample: nothing to compare.
  if (ids.length === 0 || !ids.every((id) => test.file.columns.includes(id))) return;
  const keysOf = async ({ file }: ProfiledTable) =>
    (await readCells(file, ids)).map((cells) => cells.join(", "));
  const [wanted, given] = [new Set(await keysOf(test)), await keysOf(sample)];
  const seen = new Set<string>();
  for (const key of given) {
    const spoken = `the ${ids.join(", ")} "${key}"`;
    if (seen.has(key)) refuse(`it has ${spoken} twice; remove one of these rows`);
    if (!wanted.has(key)) refuse(`${spoken} is not in the test table; correct one of them`);
    seen.add(key);
  }
  const missing = [...wanted].find((key) => !seen.has(key));
  if (missing !== undefined)
    refuse(
      `the ${ids.join(", ")} "${missing}" of the test table is not in it; correct one of them`,
    );
}
