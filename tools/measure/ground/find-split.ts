import type { Ground } from "../../../src/core/ground.ts";
import type { TaskDraft } from "../../../src/core/task.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { toldApart } from "../apart/told-apart.ts";
import { inferSplit } from "../split/infer-split.ts";
import { type SplitByKey, splitWithKey } from "../split/split-key.ts";
import type { Asked } from "../units/asked.ts";
import { sampleUnits } from "../units/sample-units.ts";

/** How validation is to be drawn: as a person wants it, else as test was drawn from the units; and how far test differs. */
export async function findSplit(
  asked: Asked,
  { draft, corrections }: ReadTask,
): Promise<SplitByKey & Pick<Ground, "apart">> {
  const readings = new Map(
    draft.train?.columns.flatMap(({ name, reading }) => (reading ? [[name, reading]] : [])),
  );
  const { train, test } = await sampleUnits(asked);
  const drawn = { train: { ...train, readings }, test };
  const split = splitOf(asked, { draft, corrections }, drawn);
  return { ...split, apart: toldApart(asked, split, drawn) };
}

function splitOf(
  asked: Asked,
  { draft, corrections }: Pick<ReadTask, "draft" | "corrections">,
  { train, test }: Awaited<ReturnType<typeof sampleUnits>>,
): SplitByKey {
  if (corrections.split !== undefined)
    return splitWithKey({ ...corrections.split, evidence: "So it was asked for." }, train);
  const ids = asked.columns.flatMap((column) => ("id" in column ? column.name : []));
  const classes = asked.classes.length > 0;
  if (test.rows.length === 0)
    return splitWithKey(
      {
        kind: classes ? "stratified" : "random",
        by: null,
        evidence: "There is no test set to tell how units are drawn.",
      },
      train,
    );
  return inferSplit({ train, test, ids, classes, description: draft.description });
}

/** What a row costs to train on, in cells of a table: long texts count as several. */
export function weightOf({ train }: TaskDraft): number {
  return (train?.columns ?? []).reduce((sum, { meanLength }) => sum + 1 + meanLength / 20, 0);
}
