import { expect, test } from "vitest";
import { z } from "zod";
import { Place } from "../../src/core/place.ts";
import type { RecordedEvent, RunEvent } from "../../src/record/event.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { notebookOf } from "../../src/record/notebook.ts";

const recorded = (event: RunEvent, elapsed: number): RecordedEvent => ({
  ...{ ...event, time: new Date(elapsed * 1000).toISOString(), elapsed, sharedFrom: null },
});

interface Made {
  id: string;
  score: number | null;
  script?: string;
  plan?: string;
  parent?: string;
  names?: string[];
}

const measurementOf = (score: number) => ({
  ...{ score, error: 0.25, folds: [score - 1, score + 1] },
  interval: [score - 1, score + 1] as [number, number],
});

function attempt(made: Made): RunEvent[] {
  const { id, score, script = id, plan = null, parent = null, names = [""] } = made;
  const run = {
    ...{ id, ok: score !== null, outcome: "ok" as const, exitCode: 0, seconds: 7 },
    ...{ stdout: `first line\nlast of ${id}\n`, stderr: "", origin: "ran" as const },
    submission: null,
  };
  const problem = score === null ? "KeyError: 'y'" : null;
  return [
    { type: "script", key: `${id}/script`, at: id, purpose: "solution", run },
    {
      ...{ type: "measurement", key: `${id}/measured`, at: id, runId: id, problem, notes: [] },
      measurement: score === null ? null : measurementOf(score),
      gain: parent === null ? null : { gain: 0.5, error: 0.1 },
      members: score === null ? [] : names.map((name) => ({ name, score })),
      seconds: 1,
    },
    {
      ...{ type: "candidate", key: `${id}/candidate`, at: id, title: `title of ${id}`, script },
      ...{ parent, members: [], plan, runId: id, score, problem },
    },
  ];
}

const TASK: RunEvent = {
  ...{ type: "task", key: "task", at: "", metric: "rmse", direction: "minimize" },
  modality: "tabular",
};
const notebookAfter = (...events: RunEvent[]) =>
  notebookOf(Ledger.of([TASK, ...events].map(recorded)), Place.parse("track-1/refine-1"));

test("every attempt of every track stands in it with its plan, score, gain and seconds, or why it failed", () => {
  const book = notebookAfter(
    ...attempt({ id: "track-2/model-1", score: 4 }),
    ...attempt({ id: "track-1/model-1", score: null }),
    ...attempt({
      ...{ id: "track-2/refine-1/attempt-1", score: 3.5, plan: "Add lags. Then clip." },
      parent: "track-2/model-1",
    }),
  );
  expect(book.entries).toMatchObject([
    { at: "track-2/model-1", idea: "title of track-2/model-1", score: 4, gain: null, seconds: 7 },
    { at: "track-1/model-1", score: null, error: null, problem: "KeyError: 'y'" },
    {
      ...{ at: "track-2/refine-1/attempt-1", idea: "Add lags. Then clip.", score: 3.5 },
      ...{ error: 0.25, gain: { gain: 0.5, error: 0.1 }, problem: null },
    },
  ]);
  expect(book.best).toMatchObject({
    ...{ at: "track-2/refine-1/attempt-1", score: 3.5, folds: [2.5, 4.5] },
    output: "first line\nlast of track-2/refine-1/attempt-1",
  });
});

test("members have the numbers of their folders, for ever: one that is withdrawn leaves its own free", () => {
  const [one, two] = ["track-2/model-1", "track-1/model-1"];
  const events = [
    ...attempt({ id: one, score: 4, script: "fit(all)", names: ["", "trees"] }),
    ...attempt({ id: two, score: 5 }),
    ...attempt({ id: "ensemble/round-1", score: 1, script: "read('./input/members/1')" }),
  ];
  const numbers = (book: ReturnType<typeof notebookAfter>) =>
    book.members.map(({ at, name }) => `${at} ${name}`);
  expect(numbers(notebookAfter(...events))).toEqual([
    `${two} 3-title-of-track-1-model-1`,
    `${one} 1-title-of-track-2-model-1`,
    `${one} 2-trees`,
  ]);
  const leak: RunEvent = {
    ...{ type: "leakage", key: "leak", at: "track-1/refine-1", explanation: "it sees all" },
    ...{ block: "fit(all)", correction: null },
  };
  expect(numbers(notebookAfter(...events, { ...leak, correction: "fit(train)" }))).toEqual([
    `${two} 3-title-of-track-1-model-1`,
  ]);
});

test("the blend is told by its score and what weighs most in it, and is no attempt", () => {
  const [one, two] = ["track-1/model-1", "track-2/model-1"];
  const book = notebookAfter(...attempt({ id: one, score: 4 }), ...attempt({ id: two, score: 5 }), {
    ...{ type: "blend", key: "blend", at: `${two}/blend`, runId: `${two}/blend`, seconds: 1 },
    members: [
      { runId: two, name: "", weight: 0.25 },
      { runId: one, name: "", weight: 0.75 },
    ],
    ...{ measurement: measurementOf(3), gain: { gain: 1, error: 0.1 }, submission: null },
  });
  expect(book.entries).toHaveLength(2);
  expect(book.blend).toMatchObject({
    score: 3,
    weights: [{ name: "1-title-of-track-1-model-1", weight: 0.75 }, { weight: 0.25 }],
  });
});

const call = (agent: string, at: string, answer: unknown): RunEvent => ({
  ...{ type: "call", key: `${at}/${agent}`, at, agent, seconds: 1, problem: null, usage: null },
  ...{ answer: z.json().parse(answer), promptCharacters: 1 },
});

test("what other tracks have planned and not scored yet is told, and nothing of one's own track", () => {
  const planned = (agent: string, at: string) => call(agent, at, { plan: `Plan of ${at}.` });
  const events = [
    planned("extractor", "track-1/refine-1"),
    planned("extractor", "track-2/refine-1"),
    call("retriever", "track-3", { models: [{ name: "Trees" }, { name: "Lines" }] }),
    call("ensemble-planner", "ensemble/round-1", "Stack them."),
    call("coder", "track-2/refine-1/attempt-1", "print()"),
  ];
  expect(notebookAfter(...events).underway).toEqual([
    { at: "track-2/refine-1", plan: "Plan of track-2/refine-1." },
    { at: "track-3", plan: "Trees; Lines" },
    { at: "ensemble/round-1", plan: "Stack them." },
  ]);
  const later = notebookAfter(
    ...events,
    ...attempt({ id: "track-2/refine-1/attempt-1", score: 4 }),
    ...attempt({ id: "track-3/model-1", score: 4 }),
    ...attempt({ id: "ensemble/round-1", score: null }),
    planned("planner", "track-2/refine-1/attempt-2"),
  );
  expect(later.underway.map(({ at }) => at)).toEqual(["track-2/refine-1/attempt-2"]);
});

test("what the best gets wrong is that of the latest blend, and members that no longer count are alike to none", () => {
  const [one, two] = ["track-1/model-1", "track-2/model-1"];
  const blend = (at: string, worst: string, other: string): RunEvent => ({
    ...{ type: "blend", key: at, at, runId: at, seconds: 1, members: [] },
    ...{ measurement: null, gain: null, submission: null },
    insight: {
      worst,
      alike: [
        {
          members: [
            { runId: one, name: "" },
            { runId: other, name: "" },
          ],
          correlation: 0.9,
        },
      ],
    },
  });
  const events = [...attempt({ id: one, score: 4 }), ...attempt({ id: two, score: 5 })];
  const book = notebookAfter(...events, blend("a/blend", "line 1", two));
  expect(book).toMatchObject({ worst: "line 1", alike: [{ correlation: 0.9 }] });
  expect(book.alike[0]?.numbers).toEqual([1, 2]);
  const later = notebookAfter(
    ...events,
    blend("a/blend", "line 1", two),
    blend("b/blend", "line 2", "gone"),
  );
  expect(later).toMatchObject({ worst: "line 2", alike: [] });
});
