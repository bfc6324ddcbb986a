import { expect, test } from "vitest";
import type { RunEvent } from "../../src/record/event.ts";
import { leadersOf, stateOf, verdictsOf } from "../../src/record/history.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { recorded } from "../support/made-event.ts";
import { eventsOfRun } from "../support/made-events.ts";

const whole = eventsOfRun("toy", {});
const closed = (problem: string | null): RunEvent => ({
  ...{ type: "closed", key: `closed ${problem}`, at: "", problem },
});
const opened = (anew: boolean): RunEvent[] =>
  whole.slice(0, 1).map((event) => (event.type === "opened" ? { ...event, anew } : event));

test.each([
  ["unfinished", whole.slice(0, 5)],
  ["interrupted", [...whole.slice(0, 5), closed(null)]],
  ["failed", [...whole.slice(0, 5), closed("no model")]],
  ["unfinished", [closed("no model"), ...opened(false)]],
  ["done", [...whole, ...opened(false), closed(null)]],
  ["unfinished", [...whole, ...opened(true)]],
] as const)("a run is %s", (state, events) => {
  expect(stateOf(recorded(events))).toBe(state);
});

test("those led in turn that count now, each in place of the one before", () => {
  const leads = leadersOf(Ledger.of(recorded(whole)));
  expect(leads.map(({ attempt, previous }) => [attempt.id, previous])).toEqual([
    ["track-1/model-1", null],
    ["track-1/model-2", 10],
    ["track-1/refine-1/attempt-1", 9.5],
    ["ensemble/round-1", 8],
  ]);
});

test("a refinement step decides about its attempts together", () => {
  const events = recorded(whole);
  const verdicts = [...verdictsOf(Ledger.of(events), events)];
  expect(verdicts.slice(0, 2)).toEqual([
    ["track-1/refine-1/attempt-1", { kept: true, reason: "the best of its step" }],
    ["track-1/refine-1/attempt-2", { kept: false, reason: "another attempt was better" }],
  ]);
});

test("what the next round of an ensemble combines says nothing of the round before", () => {
  const next: RunEvent = {
    ...{ type: "decision", key: "next", at: "ensemble/round-1", subject: "ensemble" },
    ...{ chosen: ["track-1/model-1"], kept: true, reason: "the solutions that count" },
  };
  const events = recorded([...whole, next]);
  expect(verdictsOf(Ledger.of(events), events).has("ensemble/round-1")).toBe(false);
});
