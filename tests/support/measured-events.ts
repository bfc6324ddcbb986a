import type { RunEvent } from "../../src/record/event.ts";

/** The blend that leads in the end, of these two. */
export const BLEND = "ensemble/round-1/blend";
const MEMBERS = ["ensemble/round-1", "track-1/model-1"];
/** A candidate that nobody could measure. */
const CLAIM = "track-1/model-2/debug-1";
const ERROR = 0.25;

const measurement = (score: number) => ({
  ...{ score, error: ERROR, interval: [score - 0.5, score + 0.5] as [number, number] },
  folds: [score - 0.1, score, score + 0.1],
});

/** The same run where the program measures: all but one candidate are measured, a blend is the best, and an alarm rings. */
export const asMeasured = (events: readonly RunEvent[], text: string): RunEvent[] =>
  events.flatMap((event): RunEvent[] => {
    switch (event.type) {
      case "task":
        return [event, ground(text)];
      case "candidate":
        return event.score === null || event.runId === null || event.runId === CLAIM
          ? [event]
          : [measured(event.runId, event.score, event.parent), event, ...blendsAfter(event.at)];
      case "left-out":
        return [alarm("track-2/model-2", text), event];
      case "submission":
        return [{ ...event, candidate: BLEND, blend: null }];
      case "result":
        return [
          explanation(text),
          {
            ...{ ...event, score: 6 },
            measured: { score: 6.51, error: 0.5, interval: [5.52, 7.51], by: "hold-out" },
          },
        ];
      default:
        return [event];
    }
  });

const ground = (text: string): RunEvent => ({
  ...{ type: "ground", key: "ground", at: "" },
  ground: {
    ...{ mode: "holdout", reason: "", noun: "row" },
    units: { train: 1000, validation: 900, holdout: 100, test: 50 },
    split: { kind: "group", by: text, evidence: `Test shares no ${text} with train.` },
    ...{ folds: 3, predicts: "numbers", columns: ["y"], classes: [], positive: null },
    apart: null,
    leftOut: [{ path: "side.csv", reason: `it holds ${text}` }],
    seen: null,
  },
});

const explanation = (text: string): RunEvent => ({
  ...{ type: "explanation", key: `${BLEND}/explanation`, at: BLEND, runId: BLEND },
  explained: {
    baseline: 11,
    groups: [{ column: `place ${text}`, group: `north ${text}`, lines: 120, times: 2.5 }],
    goesBy: { likeness: 0.9, isShare: false, columns: [{ column: `size ${text}`, drop: 0.41 }] },
    curve: [
      { rows: 400, score: 9 },
      { rows: 800, score: 8 },
    ],
    missing: [{ column: `size ${text}`, train: 0.25, test: null }],
  },
});

const measured = (runId: string, score: number, parent: string | null): RunEvent => ({
  ...{ type: "measurement", key: `${runId}/measurement`, at: runId, runId, problem: null },
  measurement: measurement(score),
  gain: parent === null ? null : { gain: 0.5, error: 0.125 },
  ...{ members: [{ name: "", score }], notes: [], seconds: 0.5 },
});

const blendsAfter = (at: string): RunEvent[] => {
  const none = { members: [], measurement: null, gain: null, submission: null, seconds: 0.1 };
  const runId = `${at}/blend`;
  const blend: RunEvent = { type: "blend", key: runId, at: runId, runId, ...none };
  const members = MEMBERS.map((one, index) => ({ runId: one, name: "", weight: 0.75 - index / 2 }));
  const submission = { valid: true, problem: null };
  const gain = { gain: 1, error: 0.125 };
  if (runId === BLEND)
    return [{ ...blend, measurement: measurement(6), members, gain, submission }];
  // One that is worse than what leads.
  if (at.endsWith("attempt-2")) return [{ ...blend, measurement: measurement(9), members, gain }];
  return [blend];
};

const alarm = (runId: string, text: string): RunEvent => ({
  ...{ type: "alarm", key: `${runId}/alarm look`, at: runId, runId, kind: "look" },
  ...{ sentence: `It fits on ${text} before it splits.`, withdraws: false },
});
