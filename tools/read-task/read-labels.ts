import { SettingsError } from "../../src/core/errors.ts";
import { METRICS } from "../../src/core/metric-table.ts";
import type { SubmissionForm, Target, WrittenNumber } from "../../src/core/task.ts";
import { numberWritten } from "../../src/core/words/written-number.ts";
import type { ColumnProfile } from "./column-profile.ts";
import type { RoleTables, TargetColumns } from "./find-targets.ts";
import { positiveClass } from "./positive-class.ts";
import { type ProfiledTable, profileColumns } from "./profile-table.ts";
import { targetOf } from "./target-of.ts";
import type { Fixed } from "./task-yaml.ts";

interface Label {
  target: Target;
  values: ColumnProfile;
  /** What speaks for its positive class; null where it has none. */
  reason: string | null;
}

/** Reads what is to be predicted as the training table has it; a target without values is refused. */
export async function readLabels(
  { train }: RoleTables,
  { targets, ids }: TargetColumns,
  told: { description: string; fixed: Fixed; submission: SubmissionForm; metric: string | null },
): Promise<Label[]> {
  if (train === null) return [];
  const { description, fixed, submission, metric } = told;
  const read = targets.flatMap((name) => train.whole.get(name) ?? []);
  const all = read.length === targets.length ? read : await profileColumns(train.file, targets);
  const empty = all.find(({ filled }) => filled === 0);
  if (empty !== undefined)
    throw new SettingsError(
      `the target "${empty.name}" has no values in ${train.file.name}; fill them in or name another target with --target or in task.yaml`,
    );
  for (const values of all) refuseSpellings(values, train);
  const labels = all.map((values) => {
    const written = isAmount(values, metric) ? writtenAmounts(values, train) : null;
    return written === null ? values : values.inPlainNumbers(written);
  });
  const columns = submission.columns.filter((name) => !ids.includes(name));
  return labels.map((values) => {
    const target = targetOf(values, metric, fixed.predicts);
    const positive = positiveClass(target, { values, columns, description, fixed });
    return {
      target: { ...target, positive: positive?.value ?? null },
      values,
      reason: positive?.reason ?? null,
    };
  });
}

/** More classes than this are amounts. */
const MOST_CLASSES = 20;

function isAmount({ isNumber, texts }: ColumnProfile, metric: string | null): boolean {
  const predicts = METRICS.find((one) => one.name === metric)?.predicts;
  return (
    !isNumber && (predicts === "value" || (predicts !== "label" && texts.length > MOST_CLASSES))
  );
}

/** How amounts are written; null where they are no numbers at all. Those that are not all numbers of one unit are refused, with what to write. */
function writtenAmounts(
  { name, texts }: ColumnProfile,
  { table, file }: ProfiledTable,
): WrittenNumber | null {
  const reading = table.columns.find((column) => column.name === name)?.reading;
  const written = reading?.written;
  if (reading === undefined || written?.as !== "number") return null;
  const refuse = (why: string, what: string) => {
    throw new SettingsError(`the target "${name}" ${why} in ${file.name}; ${what}`);
  };
  if (reading.missing.length > 0)
    refuse(
      `has cells that are no numbers: ${reading.words}`,
      "leave these cells empty, or remove their rows",
    );
  if (written.keeps !== null || texts.some(([text]) => Number.isNaN(numberWritten(text, written))))
    refuse(`is ${reading.words}`, "write plain numbers of one unit");
  return written;
}

/** Classes are taken as they are spelled: where that makes several of yes and no, they are refused. */
function refuseSpellings({ name, texts }: ColumnProfile, { table, file }: ProfiledTable): void {
  const reading = table.columns.find((column) => column.name === name)?.reading;
  if (reading?.written?.as !== "flag") return;
  const shown = texts.slice(0, 5).map(([text]) => JSON.stringify(text));
  throw new SettingsError(
    `the target "${name}" spells yes and no in ${texts.length} ways (${shown.join(", ")}) in ${file.name}; write each in one`,
  );
}
