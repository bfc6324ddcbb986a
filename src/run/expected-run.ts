import type { Caps } from "../core/caps.ts";
import { isBuiltIn, type ModelChoice } from "../core/model-choice.ts";
import type { TaskDraft } from "../core/task.ts";
import { costUsd, priceOf } from "../models/language/prices.ts";
import type { ExpectedRun } from "../report/inspection.ts";
import { CALL_SECONDS, type Fitted, usualSeconds } from "./fit-time.ts";

/** Of a usual call beside the task's own text: instructions, a script of a hundred lines or two, and an answer with its reasoning. */
const CALL = { inputTokens: 3000, outputTokens: 1500, seconds: CALL_SECONDS };
const CHARACTERS_PER_TOKEN = 4;
/** Outside the paper's method only scripts that would be best are checked for leaks. */
const SHARE_THAT_WOULD_BE_BEST = 0.25;

/** What a run will take before anything of it is known: every loop to its end, laps up to the time given, no script corrected, caps counted. */
export function expectedRun(
  draft: TaskDraft,
  isMeasured: boolean,
  { settings, choice, caps, fits, gaveWay }: Fitted & { choice: ModelChoice; caps: Caps },
): ExpectedRun {
  const { models, outerSteps, innerSteps, tracks, ensembleRounds, scriptSeconds } = settings;
  const isPaper = settings.method === "paper";
  const merges = isPaper || !isMeasured ? models - 1 : 0;
  const usage = settings.dataUsageCheck ? 1 : 0;
  const solutions = tracks * (models + merges + usage + outerSteps * innerSteps) + ensembleRounds;
  const fixed = solutions + tracks * outerSteps + 1;
  const asksNobody = isBuiltIn(choice);
  const checks = settings.leakageCheck ? solutions * (isPaper ? 1 : SHARE_THAT_WOULD_BE_BEST) : 0;
  const asked =
    tracks * (1 + models + merges + usage + outerSteps * (3 + 2 * innerSteps - 1)) +
    Math.max(0, 2 * ensembleRounds - 1) +
    checks;
  const each = Math.min(usualSeconds(draft, { settings, caps }), scriptSeconds);
  const asking = asksNobody ? 0 : CALL.seconds;
  const needed = (fixed * each + asked * asking) / Math.max(1, tracks);
  const left = settings.laps && !isPaper ? Math.max(0, (caps.seconds ?? 0) - needed) : 0;
  const laps = Math.floor((left * tracks) / (each + CALLS_OF_A_LAP * asking));
  const scripts = atMost(fixed + laps, caps.scriptRuns);
  const calls = asksNobody ? 0 : Math.ceil(asked + CALLS_OF_A_LAP * laps);
  const told = (draft.description.length + draft.profile.length) / CHARACTERS_PER_TOKEN;
  const tokens = {
    inputTokens: roughly(calls * (CALL.inputTokens + told)),
    outputTokens: roughly(calls * CALL.outputTokens),
  };
  const price = asksNobody ? null : priceOf(choice.model, choice.prices);
  const usd = price === null ? null : costUsd({ ...tokens, cachedTokens: null }, price);
  return {
    scripts,
    scriptSeconds,
    seconds: roughly(atMost(needed + left, caps.seconds)),
    mostSeconds: caps.seconds,
    fits,
    gaveWay,
    calls,
    ...tokens,
    mostTokens: caps.tokens,
    usd: asksNobody ? 0 : usd === null ? null : atMost(usd, caps.usd),
  };
}

/** Planning and writing. */
const CALLS_OF_A_LAP = 2;

/** No more digits than are known. */
const roughly = (value: number): number => Number(value.toPrecision(2));

const atMost = (value: number, cap: number | null): number => Math.min(value, cap ?? value);
