import { expect, test } from "vitest";
import { compare } from "../../src/bench/compare.ts";
import { taskMeans } from "../../src/bench/means.ts";
import { agrees, type Row } from "../../src/bench/row.ts";

const row = (task: string, seed: number, hidden: number | null, other: Partial<Row> = {}): Row => ({
  ...{ task, seed, run: `runs/${task}-${seed}`, metric: "rmse", direction: "minimize" },
  ...{ status: hidden === null ? "failed" : "done", problem: null, reported: null },
  hidden: hidden === null ? null : { score: hidden, error: 0.1 },
  ...{ inside: null, medal: null, aboveMedian: null, seconds: 1, tokens: null, usd: null },
  ...other,
});

test("pairs are of one task and seed, and a gain is for the better in the metric's direction", () => {
  const auc: Partial<Row> = { metric: "roc_auc", direction: "maximize" };
  const ours = [row("a", 0, 1), row("a", 1, 4), row("b", 0, 0.9, auc), row("c", 0, 1)];
  const theirs = [row("a", 1, 4), row("a", 0, 3), row("b", 0, 0.8, auc), row("c", 1, 9)];
  const { pairs, tasks, sentence } = compare(ours, theirs);
  expect(pairs.map(({ task, seed, won }) => [task, seed, won])).toEqual([
    ["a", 0, 1],
    ["a", 1, 0],
    ["b", 0, 1],
  ]);
  // Gains of 2 and 0: mean 1, deviation √2, error √2/√2; the others' mean is 3.5.
  expect(tasks[0]).toMatchObject({ task: "a", wins: 1, losses: 0, ties: 1, gain: 1 });
  expect(tasks[0]?.error).toBeCloseTo(1, 12);
  expect(tasks[0]?.relative).toBeCloseTo(1 / 3.5, 12);
  expect(tasks[1]).toMatchObject({ task: "b", wins: 1, error: null });
  expect(tasks[1]?.gain).toBeCloseTo(0.1, 12);
  expect(sentence).toBe(
    "Of 3 pairs it wins 2, loses 0 and ties 1; of 2 tasks it is ahead on 2 and behind on 0.",
  );
});

test("seen from the other side, wins are losses and gains change their sign", () => {
  const draw = (seed: number) => Math.abs(Math.sin(1 + seed * 12.9898)) * 3;
  const rows = (shift: number) =>
    Array.from({ length: 40 }, (_, index) => {
      const value = draw(index + shift);
      const direction = index % 4 < 2 ? "minimize" : "maximize";
      return row(`t${index % 4}`, Math.floor(index / 4), value < 0.4 ? null : value, { direction });
    });
  const [one, two] = [rows(0), rows(100)];
  const [there, back] = [compare(one, two), compare(two, one)];
  expect(there.pairs.length).toBeGreaterThan(20);
  expect(there.tasks).toHaveLength(4);
  for (const [index, pair] of there.pairs.entries()) {
    expect(pair.won + (back.pairs[index]?.won ?? 9)).toBe(0);
    expect((pair.gain ?? 0) + (back.pairs[index]?.gain ?? 0)).toBe(0);
  }
  for (const [index, task] of there.tasks.entries()) {
    expect([task.wins, task.ties]).toEqual([back.tasks[index]?.losses, back.tasks[index]?.ties]);
    expect(task.wins + task.losses + task.ties).toBe(task.pairs);
    expect(task.error).toBeCloseTo(back.tasks[index]?.error ?? 0, 12);
  }
});

test("a run without a solution loses to one with, and says nothing where nobody has a score or metrics differ", () => {
  const ours = [row("a", 0, null), row("b", 0, 2), row("c", 0, null), row("d", 0, 1)];
  const ungraded = row("e", 0, null, { status: "done" });
  const theirs = [
    ...[row("a", 0, 5), row("b", 0, null), row("c", 0, null)],
    ...[row("d", 0, 1, { metric: "mae" }), row("e", 0, 3)],
  ];
  const { pairs, tasks } = compare([...ours, ungraded], theirs);
  expect(pairs.map(({ task, won, gain }) => [task, won, gain])).toEqual([
    ["a", -1, null],
    ["b", 1, null],
  ]);
  expect(tasks[0]).toMatchObject({ losses: 1, gain: null, error: null, relative: null });
  expect(compare([], theirs).sentence).toMatch(/no task and seed/);
});

test("a reported score agrees with the hidden one within its interval on that side and the noise of the answers; a claim cannot", () => {
  const reported = (score: number, interval: [number, number] | null) =>
    ({ score, error: 0, interval, by: interval === null ? "claim" : "hold-out" }) as const;
  const hidden = { score: 10, error: 0.3 };
  const below = 1.96 * 0.4;
  expect(agrees(hidden, reported(10.97, [10.97 - below, 11]))).toBe(true);
  expect(agrees(hidden, reported(10.99, [10.99 - below, 12]))).toBe(false);
  expect(agrees(hidden, reported(9.03, [9, 9.03 + below]))).toBe(true);
  expect(agrees(hidden, reported(9.01, [8, 9.01 + below]))).toBe(false);
  // All of a small hold-out right: its error is 0, its interval is not.
  expect(agrees({ score: 0.988, error: 0.005 }, reported(1, [0.94, 1]))).toBe(true);
  expect(agrees(hidden, reported(10, null))).toBeNull();
});

test("means are over the runs that have the figure", () => {
  const rows = [
    row("a", 0, 2, { inside: true, medal: "gold", tokens: 10 }),
    row("a", 1, 4, { inside: false, seconds: 3 }),
    row("a", 2, null, { seconds: null }),
  ];
  expect(taskMeans(rows)).toMatchObject([
    {
      ...{ task: "a", runs: 3, done: 2, hidden: 3, inside: 1, judged: 2, medals: 1 },
      ...{ seconds: 2, tokens: 10, usd: null, reported: null },
    },
  ]);
  expect(taskMeans(rows)[0]?.error).toBeCloseTo(1, 12);
});
