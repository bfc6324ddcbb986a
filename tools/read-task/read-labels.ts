import { SettingsError } from "../../src/core/errors.ts";
import { METRICS } from "../../src/core/metric-table.ts";
import type { SubmissionForm, Target } from "../../src/core/task.ts";
import { numberWritten } from "../../src/core/words/written-number.ts";
import { numberIn } from "./cells/cell.ts";
import { understandColumn } from "./cells/understand-column.ts";
import type { ColumnProfile } from "./column-profile.ts";
import type { CsvFile } from "./csv-file.ts";
import type { RoleTables, TargetColumns } from "./find-targets.ts";
import { positiveClass } from "./positive-class.ts";
import { profileColumns } from "./profile-table.ts";
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
  for (const values of all) refuseWritten(values, train.file, metric);
  const columns = submission.columns.filter((name) => !ids.includes(name));
  return all.map((values) => {
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

/** Scores are computed with plain numbers and plain classes: a target that is written otherwise is refused, with what to write. */
function refuseWritten(
  { name, texts, isNumber }: ColumnProfile,
  file: CsvFile,
  metric: string | null,
) {
  if (isNumber) return;
  const { reading } = understandColumn({ name, texts, delimiter: file.delimiter });
  const written = reading?.written;
  const ofNumbers = METRICS.some((one) => one.name === metric && one.predicts === "value");
  const refuse = (why: string, what: string) => {
    throw new SettingsError(`the target "${name}" ${why} in ${file.name}; ${what}`);
  };
  if (written?.as === "flag")
    refuse(
      `spells yes and no in ${texts.length} ways (${texts
        .slice(0, 5)
        .map(([text]) => JSON.stringify(text))
        .join(", ")})`,
      "write each in one",
    );
  if (written?.as !== "number" || (!ofNumbers && texts.length <= MOST_CLASSES)) return;
  const [example = ""] = texts.find(([text]) => !Number.isNaN(numberWritten(text, written))) ?? [];
  const plain = texts.filter(([text]) => numberIn(text) !== null).length;
  if (plain === texts.length - (reading?.missing.length ?? 0))
    refuse(
      `has cells that are no numbers: ${reading?.words}`,
      "leave these cells empty, or remove their rows",
    );
  refuse(`is ${reading?.words}`, `write plain numbers, such as ${numberWritten(example, written)}`);
}
