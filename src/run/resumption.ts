import { join } from "node:path";
import { Caps } from "../core/caps.ts";
import { SettingsError } from "../core/errors.ts";
import { type ModelChoice, switchModel } from "../core/model-choice.ts";
import { changedSettings, FREE_SETTINGS, parseSettings } from "../core/settings.ts";
import { readEvents } from "../record/event-log.ts";
import { type Admitted, readmitRun } from "./admission.ts";
import { checkModel } from "./choose-model.ts";
import { isToFinish, takeBackFinish } from "./finishing.ts";

/** What a resumption may give anew; what is left out stays as it was. */
export interface Anew {
  caps?: Partial<Caps> | undefined;
  choice?: Partial<ModelChoice> | undefined;
  /** Only `review` and `patience` may differ from the run's own. */
  settings?: Record<string, unknown> | undefined;
  /** Whether only the submission is still to be made. */
  finish?: boolean | undefined;
}

/** The record a run goes on with; refused with what differs when a change would give its numbers another meaning. */
export async function takeUp(
  runId: string,
  { runsFolder, environment }: { runsFolder: string; environment: NodeJS.ProcessEnv },
  anew: Anew,
): Promise<Admitted> {
  const admitted = await readmitRun(runId, runsFolder);
  const { record, reading } = admitted;
  const settings = parseSettings({ ...record.settings, ...anew.settings });
  const changed = changedSettings(record.settings, settings);
  const fixed = changed.filter(({ name }) => !FREE_SETTINGS.includes(name));
  if (fixed.length > 0)
    throw new SettingsError(
      `run ${runId}: ${fixed.map(({ words }) => words).join("; ")}: its numbers would no longer compare; start a new run for that (a resumption may change caps, models, ${FREE_SETTINGS.join(" and ")})`,
    );
  const caps = { ...record.caps, ...anew.caps };
  const before = { ...record.choice, model: record.model };
  const { model, ...choice } = switchModel(before, anew.choice ?? {});
  if (anew.choice !== undefined) checkModel({ ...choice, model }, reading.draft, environment);
  const events = readEvents(join(admitted.runsFolder, runId, "scratchpad.jsonl"));
  const wasCut = events.some(({ type }) => type === "left-out");
  const runFolder = join(admitted.runsFolder, runId);
  const wasEnded = isToFinish(runFolder) && anew.finish !== true;
  if (wasEnded) takeBackFinish(runFolder);
  const hasMoreRoom = wasCut && (wasEnded || isLooser(record.caps, caps));
  return {
    ...admitted,
    record: { ...record, settings, caps, model, choice },
    beginsAnew: changed.length > 0 || hasMoreRoom,
  };
}

const isLooser = (before: Caps, after: Caps): boolean =>
  Caps.keyof().options.some((name) => {
    const [old, now] = [before[name], after[name]];
    return old !== null && (now === null || now > old);
  });
