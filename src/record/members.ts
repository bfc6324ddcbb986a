import { type Direction, gain } from "../core/candidate.ts";
import type { Member } from "../core/measurement.ts";
import { Place } from "../core/place.ts";
import { type Attempt, compareAttempts } from "./attempt.ts";
import type { Ledger } from "./ledger.ts";

/** A blend is held against more, but the next would only count where all before it are withdrawn. */
const LEADING = 5;

/** Predictions that may be blended, with the attempt they are a part of and what they score alone. */
export interface KnownMember extends Member {
  /** Its folder in `./input/members/`: from 1, in the order in which attempts were judged; it never changes. */
  number: number;
  attempt: Attempt;
  score: number;
}

const MOST_WORDS = 6;
const MOST_CHARACTERS = 40;

/** A short name of its own, the same for ever: its number, and the first words of what it is called. */
export function shortName({ number, name, attempt }: KnownMember): string {
  const title = name === "" ? attempt.title.slice(0, 200) : name;
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return [number, ...words.slice(0, MOST_WORDS)].join("-").slice(0, MOST_CHARACTERS);
}

/** Whether a script reads what earlier attempts predict: it is then no member itself. */
export const standsOnMembers = (script: string): boolean => script.includes("input/members");

/** All that the attempts which count have left, in an order that does not hang on which track was faster. */
export const membersOf = (ledger: Ledger): KnownMember[] =>
  everLeft(ledger)
    .flatMap(({ attempt, score, ...member }) =>
      attempt.score === null ? [] : [{ ...member, score, attempt }],
    )
    .toSorted((a, b) => Place.compare(a.attempt.place, b.attempt.place));

/** Those that lead the attempts which left members. */
export const bestOfMembers = (ledger: Ledger): Attempt[] =>
  [...new Set(membersOf(ledger).map(({ attempt }) => attempt))]
    .toSorted((a, b) => compareAttempts(a, b, ledger.direction))
    .slice(0, LEADING);

/** All that attempts have left, also those that no longer count. */
function everLeft(ledger: Ledger): KnownMember[] {
  const left = ledger.attempts.flatMap((attempt) => {
    const runId = attempt.run?.id;
    const isPart = attempt.blend === null && !standsOnMembers(attempt.script);
    const members = isPart && runId !== undefined ? ledger.measured(runId)?.members : [];
    return (members ?? []).map(({ name, score }) => ({ runId: runId ?? "", name, score, attempt }));
  });
  return left.map((one, index) => ({ ...one, number: index + 1 }));
}

/** The attempts whose predictions the blend weighs, those that weigh most first. */
export function partsOf({ blend }: Attempt, members: readonly KnownMember[]): Attempt[] {
  const weightOf = (runId: string) =>
    (blend ?? []).reduce((sum, one) => sum + (one.runId === runId ? Math.abs(one.weight) : 0), 0);
  const attempts = [...new Set(members.map(({ attempt }) => attempt))];
  return attempts
    .map((attempt) => ({ attempt, weight: weightOf(attempt.run?.id ?? "") }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ attempt }) => attempt);
}

/** The members that weigh most in a blend first, and then the best. */
export function byWeight(
  members: readonly KnownMember[],
  weights: readonly { id: string; name: string; weight: number }[],
  direction: Direction,
): KnownMember[] {
  const weightOf = ({ runId, name }: KnownMember) =>
    Math.abs(weights.find((one) => one.id === runId && one.name === name)?.weight ?? 0);
  return members.toSorted((a, b) => weightOf(b) - weightOf(a) || gain(a.score, b.score, direction));
}
