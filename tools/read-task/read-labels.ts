import { SettingsError } from "../../src/core/errors.ts";
import type { SubmissionForm, Target } from "../../src/core/task.ts";
import type { ColumnProfile } from "./column-profile.ts";
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
  const all = await profileColumns(train.file, targets);
  const empty = all.find(({ filled }) => filled === 0);
  if (empty !== undefined)
    throw new SettingsError(
      `the target "${empty.name}" has no values in ${train.file.name}; fill them in or name another target with --target or in task.yaml`,
    );
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
