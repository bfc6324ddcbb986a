import { expect, test } from "vitest";
import { progressLines } from "../../../src/cli/display/progress-lines.ts";
import type { RunEvent } from "../../../src/record/event.ts";
import { Ledger } from "../../../src/record/ledger.ts";
import { agent, recorded, script } from "../../support/made-event.ts";
import { begun, decided, leaked, running, scored } from "./some-events.ts";

/** The lines of a run that are said of its last event, without the time. */
function said(...events: RunEvent[]): string[] {
  const linesOf = progressLines(new Ledger());
  const lines = recorded([...begun(), ...events]).map(linesOf);
  return (lines.at(-1) ?? []).map((line) => line.replace(/^\[\d+:\d\d\] /, ""));
}

const first = scored("track-1/model-1", 10);
const noSubmission = [
  script("track-1/model-2", { submission: null }),
  ...scored("track-1/model-2", 9).slice(1),
];

test.each<{ events: RunEvent[]; line: string }>([
  { events: [], line: "metric: rmse, lower is better" },
  {
    events: [
      script("exploration", { purpose: "exploration", stdout: "y is skewed\n12 twins\n3 ids\n" }),
    ],
    line: "exploration: explored the data: y is skewed; 12 twins (3 lines)",
  },
  { events: first, line: "track 1 › model 1: Try track-1/model-1: 10 (first score, 12.5 s)" },
  {
    events: [...first, ...scored("track-2/model-1", 8)],
    line: "track 2 › model 1: Try track-2/model-1: 8 (better than 10, 12.5 s)",
  },
  {
    events: [...first, ...scored("track-2/model-1", 10)],
    line: "track 2 › model 1: Try track-2/model-1: 10 (as good as the best, 12.5 s)",
  },
  {
    events: [...first, ...scored("track-2/model-1", 12)],
    line: "track 2 › model 1: Try track-2/model-1: 12 (best is 10, 12.5 s)",
  },
  {
    events: [...first, ...noSubmission],
    line: "track 1 › model 2: Try track-1/model-2: 9 (without a valid submission, 12.5 s)",
  },
  {
    events: scored("given-1/refine-1/attempt-2", null),
    line: "given 1 › refine 1 › attempt 2: Try given-1/refine-1/attempt-2: failed: KeyError",
  },
  {
    events: [script("track-1/model-1", { ok: false, outcome: "timeout" })],
    line: "track 1 › model 1: script timeout after 12.5 s",
  },
  {
    events: [script("track-1/model-1", { origin: "cache" })],
    line: "track 1 › model 1: the script's result is known from an earlier run",
  },
  {
    events: [
      {
        ...{ type: "left-out", key: "l", at: "ensemble/round-2", step: "ensemble" },
        reason: "Time:\nspent",
      },
    ],
    line: "ensemble › round 2: left out: Time: spent",
  },
  { events: [decided("track-1/refine-1", false)], line: "track 1 › refine 1: not kept: no gain" },
  {
    events: [decided("track-1/merge-1", false, { subject: "merge", reason: "it is worse" })],
    line: "track 1 › merge 1: not kept: it is worse",
  },
])("$line", ({ events, line }) => {
  expect(said(...events)).toEqual([line]);
});

test.each<{ what: string; event: RunEvent }>([
  { what: "a script that begins", event: running("track-1/model-1") },
  { what: "a script that ends well", event: script("track-1/model-1") },
  { what: "an answer", event: agent("track-1/model-1", "initializer", 0) },
  { what: "a merge that is kept", event: decided("track-1/merge-1", true, { subject: "merge" }) },
])("$what needs no line", ({ event }) => {
  expect(said(event)).toEqual([]);
});

test("a leak withdraws the scores of all that share its text, and names who is best now", () => {
  const events = [
    ...first,
    ...scored("track-1/model-2", 2, "peek()"),
    ...scored("track-2/model-1", 1, "peek() twice"),
  ];
  expect(said(...events, leaked("track-2/model-1", "peek()"))).toEqual([
    "track 2 › model 1: leakage corrected: it saw the answer",
    "track 1 › model 2: its score does not count: its text leaks: it saw the answer",
    "track 2 › model 1: its score does not count: its text leaks: it saw the answer",
    "best is now 10, by track 1 › model 1",
  ]);
  expect(said(...scored("track-1/model-1", 2, "peek()"), leaked("x", "peek()")).at(-1)).toBe(
    "no score counts now",
  );
  expect(said(...first, leaked("x", "peek()"), ...scored("track-1/model-2", 1, "peek()"))).toEqual([
    "track 1 › model 2: Try peek(): 1 (does not count, 12.5 s)",
    "track 1 › model 2: its score does not count: its text leaks: it saw the answer",
  ]);
});

test("what another run has told is not told again, but counts", () => {
  const linesOf = progressLines(new Ledger());
  const shared = recorded([...begun(), ...first]).flatMap((event) =>
    linesOf({ ...event, sharedFrom: "base" }),
  );
  expect(shared).toEqual([]);
  expect(recorded(scored("track-2/model-1", 12)).flatMap(linesOf)).toEqual([
    expect.stringMatching(/\(best is 10,/),
  ]);
});

test("measured scores stand with their error, and of blends only those that take the lead are told", () => {
  const measurement = (score: number, error: number) => {
    const interval: [number, number] = [score - error, score + error];
    return { score, error, interval, folds: [] };
  };
  const rest = { gain: null, notes: [], seconds: 1 };
  const measured = (at: string, score: number): RunEvent[] => {
    const [ran, judged] = scored(at, score);
    const told: RunEvent = {
      ...{ type: "measurement", key: `${at}/m`, at, runId: at, problem: null, members: [] },
      ...{ ...rest, measurement: measurement(score, 0.25) },
    };
    return [ran, told, judged].filter((event) => event !== undefined);
  };
  const blend = (at: string, score: number | null): RunEvent => ({
    ...{ type: "blend", key: at, at, runId: at, members: [], ...rest },
    measurement: score === null ? null : measurement(score, 0.25),
    submission: score === null ? null : { valid: true, problem: null },
  });
  const both = [...measured("track-1/model-1", 10), ...measured("track-2/model-1", 9)];
  expect(said(...both)).toEqual([
    "track 2 › model 1: Try track-2/model-1: 9.00 ± 0.25 (better than 10, 12.5 s)",
  ]);
  const at = "track-2/model-1/blend";
  expect(said(...both, blend(at, 8))).toEqual([
    "track 2 › model 1 › blend: blend of 0 members: 8.00 ± 0.25 (better than 9)",
  ]);
  expect(said(...both, blend(at, 9.5))).toEqual([]);
  expect(said(...both, blend(at, null))).toEqual([]);
  expect(said(...first, ...measured("track-2/model-1", 12))).toEqual([
    "track 2 › model 1: Try track-2/model-1: 12.00 ± 0.25 (the first measured, 12.5 s)",
  ]);
});
