import { gain } from "../core/candidate.ts";
import { grouped } from "../core/grouped.ts";
import { Place, STAGES } from "../core/place.ts";
import type { CallCost, Totals } from "../core/usage.ts";
import type { EventOf } from "./event.ts";
import { leadersOf } from "./history.ts";
import type { Ledger } from "./ledger.ts";

export interface StageCost extends CallCost {
  name: string;
  scripts: number;
  scriptSeconds: number;
  /** By how much the best score grew better here; null where it did not move. */
  gained: number | null;
}

/** What a set of calls cost together. */
export function callCost(calls: readonly EventOf<"call">[]): CallCost {
  const sum = (read: (usage: NonNullable<EventOf<"call">["usage"]>) => number | null) => {
    const told = calls.flatMap(({ usage }) => (usage === null ? [] : (read(usage) ?? [])));
    return told.length === 0 ? null : told.reduce((total, value) => total + value, 0);
  };
  return {
    calls: calls.length,
    failedCalls: calls.filter(({ problem }) => problem !== null).length,
    seconds: calls.reduce((total, { seconds }) => total + seconds, 0),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cachedTokens: sum(({ cachedTokens }) => cachedTokens),
    reasoningTokens: sum(({ reasoningTokens }) => reasoningTokens),
    costUsd: sum(({ costUsd }) => costUsd),
    unpricedCalls: calls.filter(({ usage }) => usage !== null && usage.costUsd === null).length,
  };
}

const stageOf = ({ at }: { at: string }) => Place.parse(at).stage;

/** What a run's models cost, without what a fork shares: in all, for each agent (the dearest first) and for each stage. */
export function totalsOf(ledger: Ledger): Totals {
  const calls = paidCalls(ledger);
  const ofStage = grouped(calls, stageOf);
  return {
    calls: callCost(calls),
    agents: [...grouped(calls, ({ agent }) => agent)]
      .map(([name, asked]) => ({ name, ...callCost(asked) }))
      .toSorted((a, b) => (b.costUsd ?? 0) - (a.costUsd ?? 0) || b.seconds - a.seconds),
    stages: STAGES.flatMap((name) => {
      const asked = ofStage.get(name);
      return asked === undefined ? [] : [{ name, ...callCost(asked) }];
    }),
  };
}

/** What each stage that was reached cost and brought, in the order of a run. */
export function stageCosts(ledger: Ledger): StageCost[] {
  const calls = grouped(paidCalls(ledger), stageOf);
  const scripts = grouped(ownRuns(ledger), ({ run }) => Place.parse(run.id).stage);
  const leads = grouped(leadersOf(ledger), ({ attempt }) => attempt.stage);
  return STAGES.flatMap((name) => {
    const ran = scripts.get(name) ?? [];
    const asked = calls.get(name) ?? [];
    if (ran.length + asked.length === 0) return [];
    const gains = (leads.get(name) ?? []).flatMap(({ previous, score }) =>
      previous === null ? [] : [gain(previous, score, ledger.direction)],
    );
    return {
      name,
      ...callCost(asked),
      scripts: ran.length,
      scriptSeconds: ran.reduce((total, { run }) => total + run.seconds, 0),
      gained: gains.length === 0 ? null : gains.reduce((total, value) => total + value, 0),
    };
  });
}

/** Calls of language models that this run made itself: what the built-in engineer answers has no usage and no failure. */
const paidCalls = ({ calls }: Ledger) =>
  calls.filter(
    ({ sharedFrom, usage, problem }) => sharedFrom === null && (usage !== null || problem !== null),
  );

/** Scripts that ran in this run, and not in one that it shares them with or knows them from. */
export const ownRuns = ({ executions }: Ledger) =>
  executions.filter(({ run, isShared }) => !isShared && run.origin === "ran");
