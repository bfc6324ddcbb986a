import { type Direction, gain } from "../core/candidate.ts";
import { grouped } from "../core/grouped.ts";
import { mean, standardError } from "./means.ts";
import type { Row } from "./row.ts";

/** The same task and seed under two settings; positive gains are for the first. */
interface Pair {
  task: string;
  seed: number;
  ours: number | null;
  theirs: number | null;
  /** Null where only one of them has a solution: that decides. */
  gain: number | null;
  won: -1 | 0 | 1;
}

export interface TaskComparison {
  task: string;
  pairs: number;
  wins: number;
  losses: number;
  ties: number;
  /** Mean of the gains and its standard error; null without a pair, or with too few for an error. */
  gain: number | null;
  error: number | null;
  /** The mean gain as a part of the others' mean score. */
  relative: number | null;
}

export interface Comparison {
  pairs: Pair[];
  tasks: TaskComparison[];
  sentence: string;
}

/** Two benchmarks pair by pair, by what the answers say; a run without a solution loses to one that has one. */
export function compare(ours: readonly Row[], theirs: readonly Row[]): Comparison {
  const pairs = ours.flatMap((row) => {
    const other = theirs.find(({ task, seed }) => task === row.task && seed === row.seed);
    return other === undefined ? [] : (pairOf(row, other) ?? []);
  });
  const tasks = [...grouped(pairs, ({ task }) => task)].map(([task, own]) => ofTask(task, own));
  return { pairs, tasks, sentence: inWords(pairs, tasks) };
}

/** Null where it says nothing: neither has a hidden score, or they stand in different metrics. */
function pairOf(row: Row, other: Row): Pair | null {
  const [ours, theirs] = [row.hidden?.score ?? null, other.hidden?.score ?? null];
  const pair = { task: row.task, seed: row.seed, ours, theirs };
  if (ours !== null && theirs !== null && row.direction !== null) {
    if (row.metric !== other.metric || row.direction !== other.direction) return null;
    return scored(pair, ours, theirs, row.direction);
  }
  if (ours !== null && other.status !== "done") return { ...pair, gain: null, won: 1 };
  if (theirs !== null && row.status !== "done") return { ...pair, gain: null, won: -1 };
  return null;
}

function scored(
  pair: Omit<Pair, "gain" | "won">,
  ours: number,
  theirs: number,
  direction: Direction,
): Pair {
  const gained = gain(theirs, ours, direction);
  return { ...pair, gain: gained, won: gained > 0 ? 1 : gained < 0 ? -1 : 0 };
}

function ofTask(task: string, pairs: readonly Pair[]): TaskComparison {
  const both = pairs.flatMap(({ gain: gained, theirs }) =>
    gained === null || theirs === null ? [] : [{ gained, theirs }],
  );
  const gained = mean(both.map((pair) => pair.gained));
  const level = mean(both.map((pair) => pair.theirs));
  return {
    ...{ task, pairs: pairs.length, ...countOf(pairs), gain: gained },
    error: standardError(both.map((pair) => pair.gained)),
    relative: gained === null || !level ? null : gained / Math.abs(level),
  };
}

const countOf = (pairs: readonly Pair[]) => ({
  wins: pairs.filter(({ won }) => won === 1).length,
  losses: pairs.filter(({ won }) => won === -1).length,
  ties: pairs.filter(({ won }) => won === 0).length,
});

function inWords(pairs: readonly Pair[], tasks: readonly TaskComparison[]): string {
  if (pairs.length === 0) return "There is no task and seed that both have a hidden score for.";
  const { wins, losses, ties } = countOf(pairs);
  const ahead = tasks.filter((task) => task.wins > task.losses).length;
  const behind = tasks.filter((task) => task.wins < task.losses).length;
  const many = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  return `Of ${many(pairs.length, "pair")} it wins ${wins}, loses ${losses} and ties ${ties}; of ${many(tasks.length, "task")} it is ahead on ${ahead} and behind on ${behind}.`;
}
