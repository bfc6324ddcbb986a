import { expect, test } from "vitest";
import { type Caps, NO_CAPS } from "../../src/core/caps.ts";
import type { Step } from "../../src/core/step.ts";
import { capInTheWay } from "../../src/record/budget.ts";
import type { RecordedEvent } from "../../src/record/event.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { NOTHING } from "../../src/record/spent.ts";

const stamp = (second: number) => ({
  time: new Date(second * 1000).toISOString(),
  elapsed: second,
  sharedFrom: null,
});
const script = (
  second: number,
  seconds: number,
  at = `track-1/model-${second}`,
  purpose: "solution" | "ablation" = "solution",
): RecordedEvent => ({
  type: "script",
  key: `${at}/script`,
  at,
  ...stamp(second),
  purpose,
  run: {
    ...{ id: at, ok: true, outcome: "ok", exitCode: 0, stdout: "", stderr: "", seconds },
    ...{ origin: "ran", submission: null },
  },
});
const call = (second: number, inputTokens: number, costUsd: number | null): RecordedEvent => ({
  type: "call",
  key: `a${second}`,
  at: "track-1",
  ...stamp(second),
  agent: "planner",
  seconds: 1,
  problem: null,
  promptCharacters: 1,
  answer: "a",
  usage: {
    model: "m",
    inputTokens,
    outputTokens: 10,
    cachedTokens: null,
    reasoningTokens: null,
    costUsd,
  },
});
const opened = (second: number): RecordedEvent => ({
  type: "opened",
  key: `o${second}`,
  at: "",
  ...stamp(second),
  version: "1",
  anew: false,
  workbench: { pythonVersion: "3.11", packages: [], cpus: 1, memoryMb: 1, gpu: null },
});
const task: RecordedEvent = {
  type: "task",
  key: "task",
  at: "",
  ...stamp(0),
  metric: "rmse",
  direction: "minimize",
  modality: "tabular",
};
const candidate = (at: string, score: number | null): RecordedEvent => ({
  type: "candidate",
  key: `${at}/candidate`,
  at,
  ...stamp(60),
  title: at,
  script: at,
  parent: null,
  members: [],
  plan: null,
  runId: at,
  score,
  problem: null,
});

const history = [opened(0), call(5, 90, 0.02), script(30, 20), call(32, 90, null), script(60, 10)];
const merge: Step = { kind: "merge", at: "track-1/merge-1" };
const outlook = { reserve: NOTHING, inFlight: NOTHING, ensembles: false };

test("what a run spent is added up from its events", () => {
  expect(Ledger.of(history).spent).toEqual({
    seconds: 60,
    scriptRuns: 2,
    scriptSeconds: 30,
    tokens: 200,
    usd: 0.02,
  });
});

test("time between a kill and the resumption is not spent", () => {
  expect(Ledger.of([...history, opened(5000), script(5010, 4, "later")]).spent.seconds).toBe(70);
});

test.each([
  { caps: {}, inTheWay: null },
  // The next script takes 15 s and its share of the calls 1 s, the submission 10 s.
  { caps: { seconds: 86 }, inTheWay: null },
  { caps: { seconds: 85 }, inTheWay: /^Time: 60 of 85/ },
  { caps: { scriptRuns: 4 }, inTheWay: null },
  { caps: { scriptRuns: 3 }, inTheWay: /^Script runs: 2 of 3/ },
  { caps: { scriptSeconds: 54 }, inTheWay: /^Script time/ },
  { caps: { tokens: 299 }, inTheWay: /^Tokens: 200 of 299/ },
  { caps: { tokens: 300 }, inTheWay: null },
  { caps: { usd: 0.025 }, inTheWay: /^Money: 0.02 of 0.025/ },
] satisfies { caps: Partial<Caps>; inTheWay: RegExp | null }[])(
  "with $caps the next step and the submission: $inTheWay",
  ({ caps, inTheWay }) => {
    const reserve = { ...NOTHING, seconds: 10, scriptSeconds: 10, scriptRuns: 1 };
    const sentence = capInTheWay({ ...NO_CAPS, ...caps }, Ledger.of(history), merge, {
      ...outlook,
      reserve,
    });
    if (inTheWay === null) expect(sentence).toBeNull();
    else expect(sentence).toMatch(inTheWay);
  },
);

const room = (runs: number, step: Step, events: readonly RecordedEvent[], ensembles = false) =>
  capInTheWay({ ...NO_CAPS, scriptRuns: runs }, Ledger.of(events), step, {
    ...outlook,
    ensembles,
  }) === null;

test("a step that was begun before may go on whatever is left", () => {
  const begun = [...history, script(70, 5, `${merge.at}/debug-1`)];
  expect(room(1, merge, history)).toBe(false);
  expect(room(1, merge, begun)).toBe(true);
});

test("an ablation needs room for an attempt too, an attempt only for itself", () => {
  const step: Step = { kind: "ablation", at: "track-1/refine-1/ablation" };
  const attempt: Step = { kind: "attempt", at: "track-1/refine-1/attempt-1" };
  expect([room(3, step, history), room(4, step, history)]).toEqual([false, true]);
  expect([room(2, attempt, history), room(3, attempt, history)]).toEqual([false, true]);
});

test("a refinement leaves room for the ensemble to come, which needs none for itself", () => {
  const attempt: Step = { kind: "attempt", at: "track-1/refine-1/attempt-1" };
  const round: Step = { kind: "ensemble", at: "ensemble/round-1" };
  expect([room(3, attempt, history, true), room(4, attempt, history, true)]).toEqual([false, true]);
  expect(room(3, round, history)).toBe(true);
});

test("a lap begins while its calls and a quick script fit, whatever scripts take on average", () => {
  const fits = (step: Step, seconds: number) =>
    capInTheWay({ ...NO_CAPS, seconds }, Ledger.of(history), step, outlook) === null;
  const within = (at: string): Step => ({ kind: "attempt", at });
  // The quick one of 10 s and two calls of 1 s; elsewhere the mean of 15 s with its share of the calls.
  const [lap, fixed] = [within("track-1/lap-1"), within("track-1/refine-1/attempt-1")];
  expect([71, 72].map((seconds) => fits(lap, seconds))).toEqual([false, true]);
  expect([75, 76].map((seconds) => fits(fixed, seconds))).toEqual([false, true]);
  const planned: Step = { kind: "candidate", at: "track-1/lap-1/model-1" };
  expect([70, 71].map((seconds) => fits(planned, seconds))).toEqual([false, true]);
});

test("near a cap the loop ends first that brought nothing lately", () => {
  const gained = [
    task,
    ...history,
    candidate("track-1/model-1", 9),
    candidate("track-1/refine-1/attempt-1", 8),
    candidate("track-2/model-1", 9),
    candidate("track-2/refine-1/attempt-1", 10),
    candidate("track-2/refine-1/attempt-2", null),
  ];
  const next = (track: number): Step => ({
    kind: "attempt",
    at: `track-${track}/refine-1/attempt-3`,
  });
  expect([room(3, next(1), gained), room(3, next(2), gained)]).toEqual([true, false]);
  expect([room(4, next(2), gained), room(5, next(2), gained)]).toEqual([false, true]);
});

test("what is in flight counts as spent", () => {
  const inFlight = { ...NOTHING, scriptRuns: 2 };
  const caps = { ...NO_CAPS, scriptRuns: 4 };
  expect(capInTheWay(caps, Ledger.of(history), merge, outlook)).toBeNull();
  expect(capInTheWay(caps, Ledger.of(history), merge, { ...outlook, inFlight })).toMatch(
    /^Script runs/,
  );
});

test("a call that the run's time cut is told as undone, unless its step did something", () => {
  const cut = (second: number, at: string): RecordedEvent => ({
    ...{ type: "left-out", key: `${at}/cut`, at, step: "call", reason: "no answer in time" },
    ...stamp(second),
  });
  const ran = script(3, 1, "track-2/merge-1");
  const ledger = Ledger.of([cut(1, "track-1/retrieval-1"), cut(2, "track-2/merge-1"), ran]);
  expect(ledger.leftOut.map(({ at }) => at)).toEqual(["track-1/retrieval-1"]);
});
