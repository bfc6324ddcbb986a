import type { ReadTask } from "../../read-task/read-task.ts";
import { type Asked, type Piece, type SampleColumn, Unmeasurable } from "./asked.ts";
import { findIds } from "./find-ids.ts";
import { findRenamed } from "./find-renamed.ts";
import { findRoles } from "./find-roles.ts";
import { findTruth, kindOfPrediction } from "./find-truth.ts";

/** What a task asks, as far as its first rows tell; throws `Unmeasurable` where they do not. */
export async function findAsked(
  reading: ReadTask,
  metric: string | null,
  mostBytes = Infinity,
): Promise<Asked> {
  const roles = await findRoles(reading, mostBytes);
  const predicted = await kindOfPrediction(roles, metric, reading);
  const { truth, measures } = await findTruth(roles, predicted, reading.draft.train?.columns);
  const ids = await findIds(roles, truth, measures, reading.corrections.unit ?? null);
  const columns = roles.sample.columns.map((name): SampleColumn => {
    const pieces: readonly Piece[] | undefined = ids.pieces.get(name);
    const rule = truth.get(name);
    if (pieces !== undefined) return { name, id: pieces };
    if (rule === undefined)
      throw new Unmeasurable(
        `The column "${name}" of ${roles.sample.path} follows from no column of ${roles.train.path}.`,
      );
    return { name, truth: rule, placeholder: ids.placeholders.get(name) ?? "" };
  });
  const { unit, per } = ids;
  const noun = unit?.replace(/[_ ]?id$/i, "").toLowerCase() || roles.noun;
  const targets = roles.targets.map(({ name }) => name);
  const asked = {
    ...roles,
    ...predicted,
    targets,
    measures,
    columns,
    unit,
    per,
    noun,
    renamed: [],
  };
  return { ...asked, renamed: await findRenamed(asked) };
}
