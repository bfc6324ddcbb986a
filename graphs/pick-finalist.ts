import type { Place } from "../src/core/place.ts";
import { type Attempt, isLevel } from "../src/record/attempt.ts";
import { decide } from "./node.ts";
import type { Ports } from "./ports.ts";
import { proveFinalist } from "./prove-finalist.ts";

/** How many are compared on the hold-out: the more, the more its choice is chance. */
const EQUALS = 5;

/**
 * The finalist whose turn it is: the best that counts and was not tried, or of those that validation cannot tell from it the
 * one that the hold-out prefers; after the first turn, solutions and ensembles before all others. Null when none is left.
 */
export async function pickFinalist(
  ports: Ports,
  about: {
    at: Place;
    candidates: readonly string[];
    turns: number;
    signal: AbortSignal | undefined;
  },
): Promise<string | null> {
  const { at, candidates, turns, signal } = about;
  const { ledger } = ports.journal;
  const left = ledger.standing().filter(({ id }) => !ledger.wasSubmitted(id));
  const usual = left.filter(({ id }) => turns === 0 || candidates.includes(id));
  const best = usual[0] ?? left[0];
  const next = best === undefined ? null : await amongEquals(ports, best, left);
  // One that is taken away leaves fewer: it comes to an end.
  if (next !== null && !(await proveFinalist(ports, next, { at, signal })))
    return pickFinalist(ports, about);
  const { chosen } = decide(ports, "submission", { at, parts: candidates }, () => {
    const reason = next?.title ?? "no candidate is left";
    return { chosen: next === null ? [] : [next.id], kept: next !== null, reason };
  });
  return chosen[0] ?? null;
}

async function amongEquals(ports: Ports, best: Attempt, others: readonly Attempt[]) {
  const measuring = ports.measuring();
  const equals = others.filter((one) => isLevel(one, best) && one.run !== null).slice(0, EQUALS);
  if (measuring === null || equals.length < 2) return best;
  const runId = await measuring.pick(equals.flatMap(({ run }) => run?.id ?? []));
  return equals.find(({ run }) => run?.id === runId) ?? best;
}
