import { gain } from "./candidate.ts";
import type { RecordedEvent } from "./run-event.ts";
import type { Step, StepKind } from "./step.ts";

/** What was or will be spent of everything that can have a cap. */
export interface Spent {
  /** Wall-clock seconds of work. */
  seconds: number;
  scriptRuns: number;
  scriptSeconds: number;
  /** Tokens of language models, in and out. */
  tokens: number;
  usd: number;
}

export const NOTHING: Spent = { seconds: 0, scriptRuns: 0, scriptSeconds: 0, tokens: 0, usd: 0 };

export const sumOf = (parts: readonly Spent[]): Spent =>
  parts.reduce(
    (sum, part) => ({
      seconds: sum.seconds + part.seconds,
      scriptRuns: sum.scriptRuns + part.scriptRuns,
      scriptSeconds: sum.scriptSeconds + part.scriptSeconds,
      tokens: sum.tokens + part.tokens,
      usd: sum.usd + part.usd,
    }),
    NOTHING,
  );

type Script = Extract<RecordedEvent, { type: "script" }>;

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** An ablation trains its script several times over (paper, section 3.2); only until one has been seen. */
const TRAININGS_OF_AN_ABLATION = 3;

/** An ensemble trains what it combines; only until one has been seen. */
const SOLUTIONS_OF_AN_ENSEMBLE = 2;

/** What a model call took so far on average, failed ones included; nothing before the first. */
export function usualCall(events: readonly RecordedEvent[]): Spent {
  const calls = events.filter((event) => event.type === "agent");
  const share = (total: number) => total / Math.max(1, calls.length);
  return {
    ...NOTHING,
    seconds: share(calls.reduce((sum, { seconds }) => sum + seconds, 0)),
    tokens: share(calls.reduce((sum, { usage }) => sum + tokensOf(usage), 0)),
    usd: share(calls.reduce((sum, { usage }) => sum + (usage?.costUsd ?? 0), 0)),
  };
}

/** The most a model call took so far; nothing before the first. */
export function largestCall(events: readonly RecordedEvent[]): Spent {
  const calls = events.filter((event) => event.type === "agent");
  return {
    ...NOTHING,
    seconds: Math.max(0, ...calls.map(({ seconds }) => seconds)),
    tokens: Math.max(0, ...calls.map(({ usage }) => tokensOf(usage))),
    usd: Math.max(0, ...calls.map(({ usage }) => usage?.costUsd ?? 0)),
  };
}

export const tokensOf = (usage: Extract<RecordedEvent, { type: "agent" }>["usage"]): number =>
  (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);

/** What a step will take, by what such steps took so far in this run: its scripts, each with its share of the calls. */
export function expectedCost(kind: StepKind, events: readonly RecordedEvent[]): Spent {
  const scripts = events.filter((event): event is Script => event.type === "script");
  const ran = scripts.filter(({ origin }) => origin !== "cache");
  const secondsOf = (belongs: (script: Script) => boolean) =>
    mean(ran.filter(belongs).map(({ seconds }) => seconds));
  const isEnsemble = ({ at }: Script) => at.startsWith("ensemble");
  const usual =
    secondsOf((script) => script.purpose === "solution" && !isEnsemble(script)) ??
    secondsOf(() => true) ??
    0;
  const scriptSeconds =
    kind === "ensemble"
      ? (secondsOf(isEnsemble) ?? SOLUTIONS_OF_AN_ENSEMBLE * usual)
      : kind === "refinement"
        ? usual +
          (secondsOf(({ purpose }) => purpose === "ablation") ?? TRAININGS_OF_AN_ABLATION * usual)
        : usual;
  const scriptRuns = kind === "refinement" ? 2 : 1;
  const calls = events.filter(({ type }) => type === "agent").length;
  const call = usualCall(events);
  const share = (scriptRuns * calls) / Math.max(1, ran.length);
  return {
    seconds: scriptSeconds + share * call.seconds,
    scriptRuns,
    scriptSeconds,
    tokens: share * call.tokens,
    usd: share * call.usd,
  };
}

/** How many candidates of the step's loop in a row brought nothing: the more, the less is to be expected of the next. */
export function barrenRow({ kind, at }: Step, events: readonly RecordedEvent[]): number {
  const loop =
    kind === "ensemble"
      ? /^ensemble\//
      : kind === "refinement" || kind === "attempt"
        ? new RegExp(`^${at.split("/")[0] ?? ""}/refine-`)
        : null;
  const direction = events.find((event) => event.type === "task")?.direction ?? null;
  if (loop === null || direction === null) return 0;
  let best: number | null = null;
  let row = 0;
  for (const event of events) {
    if (event.type !== "candidate") continue;
    const inLoop = loop.test(event.at);
    const related = inLoop || kind === "ensemble" || event.at.split("/")[0] === at.split("/")[0];
    if (!related) continue;
    const better =
      event.score !== null && (best === null || gain(best, event.score, direction) > 0);
    if (better) best = event.score;
    if (inLoop) row = better ? 0 : row + 1;
  }
  return row;
}
