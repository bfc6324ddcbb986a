import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { RecordedEvent } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { type Change, forkFolder, INHERITED } from "../../src/record/fork-folder.ts";

let source = "";
let target = "";
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), "mle-star-fork-"));
  [source, target] = [join(home, "source"), join(home, "target")];
});

const STEP = "track-1/refine-1";
const usage = {
  model: "m",
  inputTokens: 10,
  outputTokens: 5,
  cachedTokens: null,
  reasoningTokens: null,
  costUsd: 1,
};
const CALLS = [
  { at: "track-1", agent: "retriever", answer: { models: [] } },
  { at: "track-1/model-1", agent: "initializer", answer: "```python\nscore 1\n```" },
  { at: STEP, agent: "extractor", answer: { block: "x", plan: "first" } },
  { at: `${STEP}/attempt-1`, agent: "coder", answer: "```python\na\n```" },
  { at: `${STEP}/attempt-2`, agent: "planner", answer: { plan: "second" } },
  { at: `${STEP}/attempt-2`, agent: "coder", answer: "```python\nb\n```" },
];

function fork(from: string, change: Change) {
  mkdirSync(join(source, "attempts", "track-1", "model-1"), { recursive: true });
  mkdirSync(target, { recursive: true });
  writeFileSync(join(source, "attempts", "track-1", "model-1", "solution.py"), "score 1");
  const events = CALLS.map(
    ({ at, agent, answer }): RecordedEvent => ({
      ...{ time: "2026-01-01T00:00:00.000Z", elapsed: 1, sharedFrom: null },
      ...{ type: "call", key: `${at}/${agent}-0`, at, agent, answer, seconds: 2, usage },
      ...{ problem: null, promptCharacters: 1 },
    }),
  );
  forkFolder(source, target, events, from, change);
  const inherited = readEvents(join(target, INHERITED));
  return events.map(({ key }) => {
    const event = inherited.find((one) => one.key === key);
    return event?.type === "call" ? event.answer : null;
  });
}
const answers = CALLS.map(({ answer }) => answer);

test("another plan is all that differs; what came before is shared", () => {
  expect(fork(`${STEP}/attempt-2`, { plan: "mine" })).toEqual(answers.with(4, { plan: "mine" }));
  expect(existsSync(join(target, "attempts", "track-1", "model-1", "solution.py"))).toBe(true);
});

test("the first plan of a step is the extractor's", () => {
  expect(fork(`${STEP}/attempt-1`, { plan: "mine" })).toEqual(
    answers.with(2, { block: "x", plan: "mine" }),
  );
});

test.each(["track-1/model-1", "track-1/model-1~2", "track-1/model-1/debug-1"])(
  "a script takes the place of the one written at %s, fences in it and all",
  (from) => {
    const forked = fork(from, { script: "s = '''\n```\n'''\n" });
    expect(forked).toEqual(answers.with(1, "````python\ns = '''\n```\n'''\n````"));
  },
);

test("another model answers from the step on, and only from there", () => {
  expect(fork(`${STEP}/attempt-1`, { model: "openai:x" })).toEqual([
    ...answers.slice(0, 3),
    ...[null, null, null],
  ]);
});

test.each([
  { from: "track-9", change: { plan: "x" }, says: /no such step/ },
  { from: "track-1/model-1", change: { plan: "x" }, says: /no plan was made/ },
  { from: "track-1", change: { script: "x" }, says: /no script was written/ },
])("$change at $from is refused in a sentence", ({ from, change, says }) => {
  expect(() => fork(from, change)).toThrow(says);
});
