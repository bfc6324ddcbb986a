import { z } from "zod";
import type { Caps } from "./caps.ts";
import type { Settings } from "./settings.ts";

export const PresetName = z.enum(["quick", "standard", "paper"]);
export type PresetName = z.infer<typeof PresetName>;

/** What each preset changes of the defaults; `paper` has the paper's way with them. */
export const PRESETS: Record<PresetName, Partial<Settings>> = {
  quick: {
    models: 2,
    outerSteps: 1,
    innerSteps: 2,
    tracks: 2,
    ensembleRounds: 2,
    scriptSeconds: 120,
  },
  standard: {
    models: 3,
    outerSteps: 3,
    innerSteps: 3,
    tracks: 2,
    ensembleRounds: 3,
    scriptSeconds: 600,
  },
  paper: { method: "paper" },
};

/** The fixed steps of a run with a cap: few, since laps use what is left, and choose better than numbers set in advance. */
const BEFORE_LAPS: Partial<Settings> = {
  models: 2,
  outerSteps: 1,
  innerSteps: 2,
  ensembleRounds: 1,
};

/** What a preset changes of the defaults in a run with these caps. */
export function presetFor(preset: PresetName, caps: Partial<Caps>): Partial<Settings> {
  const isCapped = Object.values(caps).some((cap) => cap !== null && cap !== undefined);
  return { ...PRESETS[preset], ...(isCapped && preset !== "paper" ? BEFORE_LAPS : {}) };
}
