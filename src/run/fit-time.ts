import { weightOf } from "../../tools/measure/ground/find-split.ts";
import { foldsFor } from "../../tools/measure/units/sizes.ts";
import type { Caps } from "../core/caps.ts";
import { isBuiltIn, type ModelChoice } from "../core/model-choice.ts";
import type { Settings } from "../core/settings.ts";
import type { TaskDraft } from "../core/task.ts";

/** A run that has time for fewer scripts cannot choose among them. */
const ENOUGH_SCRIPTS = 6;
const LEAST_ROWS = 2000;
const LEAST_SECONDS = 20;
/** What is kept of a run's time for its final run. */
const SEARCH = 0.8;
/** A run with less is in a hurry: five folds are then dear on smaller data. */
const EASY_SECONDS = 1800;
const MOST_DEAR = 10;
/** What a usual script of the built-in engineer takes on one core: its start, and each cell of its table over five folds. */
const SCRIPT = { start: 2, cell: 2e-5, oneFold: 1 / 3 };
/** Of a language model, for each script: two calls. */
export const CALL_SECONDS = 20;

export interface Wanted {
  settings: Settings;
  choice: Pick<ModelChoice, "model" | "replay">;
  caps: Caps;
}

/** Settings that a run's time has room for. */
export interface Fitted {
  settings: Settings;
  /** Scripts of the search that there is time for, roughly; null without a cap on time. */
  fits: number | null;
  /** What gave way, in words; null when nothing did. */
  gaveWay: string | null;
}

/** How much dearer it is to train than in a run that has time enough: its folds are fewer then. */
export const dearness = ({ settings, caps }: Pick<Wanted, "settings" | "caps">): number =>
  settings.method === "paper" || caps.seconds === null
    ? 1
    : Math.min(MOST_DEAR, Math.max(1, EASY_SECONDS / caps.seconds));

/** Seconds of a usual script, roughly. */
export function usualSeconds(draft: TaskDraft, wanted: Pick<Wanted, "settings" | "caps">): number {
  const rows = draft.train?.rows ?? 0;
  const weight = weightOf(draft);
  const folds = foldsFor(rows * weight * dearness(wanted));
  const cell = SCRIPT.cell * (folds === 1 ? SCRIPT.oneFold : 1);
  return SCRIPT.start + cell * weight * Math.min(rows, wanted.settings.maxTrainRows);
}

/**
 * Where a run's time has room for fewer than six scripts, those of the settings that nobody asked for give way: the rows
 * that scripts train on, and their time limit. The paper's way stays as it is.
 */
export function fitTime(
  draft: TaskDraft,
  wanted: Wanted,
  { open, slots }: { open: readonly string[]; slots: number },
): Fitted {
  const { settings, choice, caps } = wanted;
  if (caps.seconds === null) return { settings, fits: null, gaveWay: null };
  const asking = isBuiltIn(choice) ? 0 : 2 * CALL_SECONDS;
  const time = SEARCH * caps.seconds * Math.max(1, Math.min(slots, settings.tracks));
  const fitsIn = (own: Settings) =>
    Math.floor(time / (asking + usualSeconds(draft, { settings: own, caps })));
  const gives = (name: "maxTrainRows" | "scriptSeconds") =>
    open.includes(name) && settings.method !== "paper";
  const fitted = { ...settings };
  const each = time / ENOUGH_SCRIPTS;
  if (gives("scriptSeconds"))
    fitted.scriptSeconds = Math.min(settings.scriptSeconds, Math.max(LEAST_SECONDS, floored(each)));
  const rows = Math.min(draft.train?.rows ?? 0, settings.maxTrainRows);
  if (gives("maxTrainRows") && fitsIn(settings) < ENOUGH_SCRIPTS && rows > LEAST_ROWS) {
    const perRow = (usualSeconds(draft, { settings, caps }) - SCRIPT.start) / rows;
    const room = floored((each - asking - SCRIPT.start) / perRow);
    fitted.maxTrainRows = Math.min(rows, Math.max(LEAST_ROWS, room));
  }
  const changed = (["maxTrainRows", "scriptSeconds"] as const).flatMap((name) =>
    fitted[name] === settings[name]
      ? []
      : [`${NAMES[name]} ${fitted[name]} instead of ${settings[name]}`],
  );
  const gaveWay = changed.length === 0 ? null : changed.join(", ");
  return { settings: fitted, fits: fitsIn(fitted), gaveWay };
}

const NAMES = { maxTrainRows: "training rows", scriptSeconds: "seconds per script" };

/** No more digits than are known. */
function floored(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.floor(value / unit) * unit;
}
