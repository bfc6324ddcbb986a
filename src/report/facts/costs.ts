import type { CallCost, Totals } from "../../core/call-cost.ts";
import { type Direction, gain } from "../../core/candidate.ts";
import type { RecordedEvent } from "../../core/run-event.ts";
import { ofType } from "./attempts.ts";
import { grouped } from "./grouped.ts";
import { STAGES, stageOf } from "./place.ts";

export interface StageCost extends CallCost {
  name: string;
  scripts: number;
  scriptSeconds: number;
  /** By how much the best score grew better here; null where it did not move. */
  gained: number | null;
}

type Call = Extract<RecordedEvent, { type: "agent" }>;

/** What a set of calls cost together. */
export function callCost(calls: readonly Call[]): CallCost {
  const sum = (read: (usage: NonNullable<Call["usage"]>) => number | null) => {
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

/** What each agent cost, the most expensive first. */
export function agentCosts(events: readonly RecordedEvent[]): (CallCost & { name: string })[] {
  const groups = grouped(ofType(events, "agent"), ({ agent }) => agent);
  return [...groups]
    .map(([name, calls]) => ({ name, ...callCost(calls) }))
    .toSorted((a, b) => (b.costUsd ?? 0) - (a.costUsd ?? 0) || b.seconds - a.seconds);
}

/** What a run's models cost: in all, for each agent and for each stage. */
export function totalsOf(events: readonly RecordedEvent[]): Totals {
  const calls = ofType(events, "agent");
  const ofStage = grouped(calls, ({ at }) => stageOf(at));
  return {
    calls: callCost(calls),
    agents: agentCosts(events),
    stages: STAGES.flatMap((name) => {
      const asked = ofStage.get(name);
      return asked === undefined ? [] : [{ name, ...callCost(asked) }];
    }),
  };
}

/** What each stage that was reached cost and brought, in the order of a run. */
export function stageCosts(events: readonly RecordedEvent[], direction: Direction): StageCost[] {
  const calls = grouped(ofType(events, "agent"), ({ at }) => stageOf(at));
  const scripts = grouped(ofType(events, "script"), ({ at }) => stageOf(at));
  const promotions = grouped(ofType(events, "promotion"), ({ at }) => stageOf(at));
  return STAGES.flatMap((name) => {
    const ran = scripts.get(name) ?? [];
    const asked = calls.get(name) ?? [];
    if (ran.length + asked.length === 0) return [];
    const gains = (promotions.get(name) ?? []).flatMap(({ previous, score }) =>
      previous === null ? [] : [gain(previous, score, direction)],
    );
    return {
      name,
      ...callCost(asked),
      scripts: ran.length,
      scriptSeconds: ran.reduce((total, { seconds }) => total + seconds, 0),
      gained: gains.length === 0 ? null : gains.reduce((total, value) => total + value, 0),
    };
  });
}
