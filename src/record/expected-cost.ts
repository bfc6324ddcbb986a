import { gain } from "../core/candidate.ts";
import { Place } from "../core/place.ts";
import { isBlended } from "../core/questions.ts";
import type { Step, StepKind } from "../core/step.ts";
import type { Execution } from "./attempt.ts";
import type { EventOf } from "./event.ts";
import type { Ledger } from "./ledger.ts";
import { NOTHING, type Spent } from "./spent.ts";

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** An ablation trains its script several times over (paper, section 3.2); only until one has been seen. */
const TRAININGS_OF_AN_ABLATION = 3;

/** An ensemble trains what it combines; only until one has been seen. */
const SOLUTIONS_OF_AN_ENSEMBLE = 2;

const spentBy = ({ seconds, usage }: EventOf<"call">): Spent => ({
  ...NOTHING,
  seconds,
  tokens: (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0),
  usd: usage?.costUsd ?? 0,
});

/** What a model call took so far on average, failed ones included; nothing before the first. */
export function usualCall({ calls }: Ledger): Spent {
  const all = calls.map(spentBy);
  const usual = (name: "seconds" | "tokens" | "usd") => mean(all.map((one) => one[name])) ?? 0;
  return { ...NOTHING, seconds: usual("seconds"), tokens: usual("tokens"), usd: usual("usd") };
}

/** The most a model call took so far; nothing before the first. */
export function largestCall({ calls }: Ledger): Spent {
  const all = calls.map(spentBy);
  const most = (name: "seconds" | "tokens" | "usd") => Math.max(0, ...all.map((one) => one[name]));
  return { ...NOTHING, seconds: most("seconds"), tokens: most("tokens"), usd: most("usd") };
}

/** What a step will take, by what such steps took so far in this run: its scripts, each with its share of the calls. */
export function expectedCost(kind: StepKind, ledger: Ledger): Spent {
  // A look at the data says nothing of what solutions take.
  const ran = ledger.executions.filter(
    ({ run, purpose }) => run.origin === "ran" && purpose !== "exploration",
  );
  const secondsOf = (belongs: (execution: Execution) => boolean) =>
    mean(ran.filter(belongs).map(({ run }) => run.seconds));
  const isEnsemble = ({ run }: Execution) => Place.parse(run.id).stage === "ensemble";
  const usual =
    secondsOf((one) => one.purpose === "solution" && !isEnsemble(one)) ??
    secondsOf(() => true) ??
    0;
  const scriptSeconds =
    kind === "ensemble"
      ? (secondsOf(isEnsemble) ?? (trainsAgain(ledger) ? SOLUTIONS_OF_AN_ENSEMBLE * usual : 0))
      : kind === "ablation"
        ? usual +
          (secondsOf(({ purpose }) => purpose === "ablation") ?? TRAININGS_OF_AN_ABLATION * usual)
        : usual;
  const scriptRuns = kind === "ablation" ? 2 : 1;
  const call = usualCall(ledger);
  const share = (scriptRuns * ledger.calls.length) / Math.max(1, ran.length);
  return {
    seconds: scriptSeconds + share * call.seconds,
    scriptRuns,
    scriptSeconds,
    tokens: share * call.tokens,
    usd: share * call.usd,
  };
}

/** Whether the step is one of a lap. */
const isOfLap = ({ at }: Step) => Place.parse(at).numbers["lap"] !== undefined;

/** Calls of a step of a lap that a plan is made already for; the others plan, and then write. */
const PLANNED: readonly StepKind[] = ["candidate", "debug"];

/**
 * What a step needs to begin. In a lap that is its calls and a quick script, by those so far: whoever answers is told what is
 * left, and chooses what fits; what does not end in time costs nothing that another would have had.
 */
export function neededCost(step: Step, ledger: Ledger): Spent {
  if (!isOfLap(step) || step.kind === "ablation") return expectedCost(step.kind, ledger);
  const ran = ledger.executions.filter(
    ({ run, purpose }) => run.origin === "ran" && run.ok && purpose === "solution",
  );
  const sorted = ran.map(({ run }) => run.seconds).toSorted((a, b) => a - b);
  const scriptSeconds = sorted[Math.floor(sorted.length / 4)] ?? 0;
  const { seconds, tokens, usd } = usualCall(ledger);
  const calls = PLANNED.includes(step.kind) ? 1 : 2;
  return {
    ...{ seconds: scriptSeconds + calls * seconds, scriptRuns: 1, scriptSeconds },
    ...{ tokens: calls * tokens, usd: calls * usd },
  };
}

/** Whether an ensemble trains what it combines: where predictions are kept it reads them. */
const trainsAgain = ({ ground, run }: Ledger): boolean =>
  run === null || !isBlended({ ground, settings: run.settings });

const LOOPS: readonly StepKind[] = ["ensemble", "ablation", "refinement", "attempt"];

/** How many candidates of the step's loop in a row brought nothing: the more, the less is to be expected of the next. */
export function barrenRow(step: Step, { attempts, direction }: Ledger): number {
  const { kind, at } = step;
  const branch = Place.parse(at).branch.text;
  const stage = kind === "ensemble" ? "ensemble" : "refinement";
  // A lap is chosen for what it promises, and comes after all loops.
  if (!LOOPS.includes(kind) || isOfLap(step)) return 0;
  let best: number | null = null;
  let row = 0;
  for (const { place, score, ...attempt } of attempts) {
    const inBranch = place.branch.text === branch;
    if (!inBranch && kind !== "ensemble") continue;
    const better = score !== null && (best === null || gain(best, score, direction) > 0);
    if (better) best = score;
    if (inBranch && attempt.stage === stage) row = better ? 0 : row + 1;
  }
  return row;
}
