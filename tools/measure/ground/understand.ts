import type { Ground } from "../../../src/core/ground.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { Unmeasurable } from "../units/asked.ts";
import { findAsked } from "../units/find-asked.ts";
import { GLANCE_BYTES } from "../units/find-roles.ts";
import { planUnits } from "../units/plan-units.ts";
import { requireRoundTrip } from "../units/round-trip.ts";
import { holdoutSize, validationSize } from "../units/sizes.ts";
import { otherFiles } from "../view/other-files.ts";
import { findSplit, weightOf } from "./find-split.ts";
import { claimed, measured, tooFew } from "./ground-of.ts";
import type { GroundOptions } from "./prepare-ground.ts";

/** What a run would measure on, in seconds and without writing anything; of large tables parts are read, and units estimated. */
export async function understand(
  reading: ReadTask,
  {
    dearness = 1,
    ...wanted
  }: Pick<GroundOptions, "seed" | "holdout" | "dearness"> & { metric: string | null },
): Promise<Ground> {
  const { draft, corrections } = reading;
  try {
    const asked = await findAsked(reading, wanted.metric, GLANCE_BYTES);
    const isWhole = [draft.train, draft.test].every((table) => table?.complete !== false);
    if (isWhole) await requireRoundTrip(asked);
    const split = await findSplit(asked, reading);
    const weight = dearness * weightOf(draft);
    const { rows } = asked;
    const plan = await planUnits(asked, split, {
      ...{ weight, corrections, ...wanted },
    });
    if (plan.units.validation === 0) throw new Unmeasurable(tooFew(split));
    const { leftOut } = await otherFiles(asked, reading, GLANCE_BYTES);
    const ground = { ...measured(asked, plan, split.apart), leftOut };
    if (isWhole || asked.unit !== null) return ground;
    const sizes = { usable: rows.train, test: rows.test, cells: rows.train * weight };
    const holdout = holdoutSize(sizes, wanted.holdout);
    const { validation } = validationSize(sizes, holdout);
    return {
      ...ground,
      units: { train: rows.train - holdout, validation, holdout, test: rows.test },
    };
  } catch (error) {
    if (error instanceof Unmeasurable) return claimed(draft, error.message);
    throw error;
  }
}
