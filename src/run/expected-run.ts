import type { Caps } from "../core/caps.ts";
import { isBuiltIn, type ModelChoice } from "../core/model-choice.ts";
import type { Settings } from "../core/settings.ts";
import type { TaskDraft } from "../core/task.ts";
import { costUsd, priceOf } from "../models/language/prices.ts";
import type { ExpectedRun } from "../report/inspection.ts";

/** Of a usual call beside the task's own text: instructions, a script of a hundred lines or two, and an answer with its reasoning. */
const CALL = { inputTokens: 3000, outputTokens: 1500, seconds: 20 };
const CHARACTERS_PER_TOKEN = 4;
/** Outside the paper's method only scripts that would be best are checked for leaks. */
const SHARE_THAT_WOULD_BE_BEST = 0.25;
/** What a usual script of the built-in engineer takes on one core, beside its start. */
const SECONDS = { start: 2, cell: 2e-5 };

/** What a run will take before anything of it is known: every loop to its end, no script corrected, caps counted. */
export function expectedRun(
  draft: TaskDraft,
  isMeasured: boolean,
  { settings, choice, caps }: { settings: Settings; choice: ModelChoice; caps: Caps },
): ExpectedRun {
  const { models, outerSteps, innerSteps, tracks, ensembleRounds, scriptSeconds } = settings;
  const isPaper = settings.method === "paper";
  const merges = isPaper || !isMeasured ? models - 1 : 0;
  const usage = settings.dataUsageCheck ? 1 : 0;
  const solutions = tracks * (models + merges + usage + outerSteps * innerSteps) + ensembleRounds;
  const scripts = atMost(solutions + tracks * outerSteps + 1, caps.scriptRuns);
  const asksNobody = isBuiltIn(choice);
  const checks = settings.leakageCheck ? solutions * (isPaper ? 1 : SHARE_THAT_WOULD_BE_BEST) : 0;
  const asked =
    tracks * (1 + models + merges + usage + outerSteps * (3 + 2 * innerSteps - 1)) +
    Math.max(0, 2 * ensembleRounds - 1) +
    checks;
  const calls = asksNobody ? 0 : Math.ceil(asked);
  const told = (draft.description.length + draft.profile.length) / CHARACTERS_PER_TOKEN;
  const tokens = {
    inputTokens: roughly(calls * (CALL.inputTokens + told)),
    outputTokens: roughly(calls * CALL.outputTokens),
  };
  const price = asksNobody ? null : priceOf(choice.model, choice.prices);
  const usd = price === null ? null : costUsd({ ...tokens, cachedTokens: null }, price);
  const rows = Math.min(draft.train?.rows ?? 0, settings.maxTrainRows);
  const each = SECONDS.start + SECONDS.cell * rows * (draft.train?.columns.length ?? 0);
  const seconds =
    (scripts * Math.min(each, scriptSeconds) + calls * CALL.seconds) / Math.max(1, tracks);
  return {
    scripts,
    scriptSeconds,
    seconds: roughly(atMost(seconds, caps.seconds)),
    mostSeconds: caps.seconds,
    calls,
    ...tokens,
    mostTokens: caps.tokens,
    usd: asksNobody ? 0 : usd === null ? null : atMost(usd, caps.usd),
  };
}

/** No more digits than are known. */
const roughly = (value: number): number => Number(value.toPrecision(2));

const atMost = (value: number, cap: number | null): number => Math.min(value, cap ?? value);
