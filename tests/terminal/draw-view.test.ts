import stringWidth from "string-width";
import { expect, test } from "vitest";
import { NO_CAPS } from "../../src/core/budget.ts";
import type { RecordedEvent, RunEvent } from "../../src/core/run-event.ts";
import { drawView } from "../../src/terminal/draw-view.ts";
import { runView } from "../../src/terminal/run-view.ts";
import { agent } from "../support/made-event.ts";
import { eventsOfRun } from "../support/made-events.ts";

const START = Date.parse("2026-01-02T03:00:00Z");
const timed = (events: RunEvent[]): RecordedEvent[] =>
  events.map((event, index) => ({ time: new Date(START + index * 1000).toISOString(), ...event }));
const running = (at: string): RunEvent => ({
  type: "script-started",
  key: `${at}/started`,
  at,
  purpose: "solution",
});

const whole = eventsOfRun("toy", {});
const events = timed([
  ...whole.slice(0, -12),
  running("track-1/refine-2/attempt-1"),
  running("track-2/model-3"),
]);
const now = START + (events.length - 1) * 1000 + 5000;
const draw = (columns: number, rows: number, caps = NO_CAPS, seen = events) =>
  drawView(runView(seen, caps), { columns, rows }, now);

test.each([
  [80, 24],
  [200, 50],
  [40, 10],
  [20, 5],
])("at %i by %i no line is too long and none too many", (columns, rows) => {
  const lines = draw(columns, rows);
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
  expect(lines.length).toBeLessThan(rows + 1);
});

test("tracks stand side by side where there is room, else below each other", () => {
  expect(draw(80, 24).filter((line) => /Track 1.*Track 2/.test(line))).toHaveLength(1);
  expect(draw(60, 24).filter((line) => /Track 1.*Track 2/.test(line))).toHaveLength(0);
});

test("a running script shows its time and the usual time of its like", () => {
  expect(draw(200, 50).join("\n")).toMatch(/▶ refine 2 › attempt 1/);
  expect(draw(200, 50).join("\n")).toMatch(/0:06 of about 0:12/);
});

test("the best score stands with its change, its place, and what was spent for it", () => {
  const text = draw(200, 50).join("\n");
  expect(text).toMatch(/best rmse 8, better by 1.5 \(16 %\), by track 1 › refine 1 › attempt 1/);
  expect(text).toMatch(/\d+ scripts · \d+ calls · [\d,]+ tokens · \$\d/);
});

test("a track that has taken its last step is finished once nothing of it runs", () => {
  const decided = (step: number): RunEvent => ({
    type: "decision",
    key: `d${step}`,
    at: `track-1/refine-${step}`,
    subject: "refinement",
    kept: false,
    reason: "no",
  });
  const text = (step: number) =>
    draw(80, 24, NO_CAPS, timed([...whole.slice(0, -12), decided(step)])).join("\n");
  expect(text(3)).not.toContain("finished");
  expect(text(4)).toContain("finished");
});

test("caps are told with what is left of them", () => {
  const text = draw(200, 50, { ...NO_CAPS, seconds: 100, tokens: 50_000 }).join("\n");
  expect(text).toMatch(/\d:\d\d of the time cap left/);
  expect(text).toMatch(/of 50,000 tokens/);
});

test("scripts of a process that is gone run no longer", () => {
  const resumed = [
    ...events,
    ...timed([{ type: "opened", key: "opened-2", at: "", version: "0.1.0" }]),
  ];
  expect(draw(80, 24, NO_CAPS, resumed).join("\n")).not.toContain("▶");
});

test("before anything is known there is nothing false to say", () => {
  expect(draw(80, 24, NO_CAPS, []).join("\n")).not.toMatch(/NaN|undefined|null/);
  const early = timed([...whole.slice(0, 2), agent("track-1", "retriever", 0)]);
  expect(draw(80, 24, NO_CAPS, early).join("\n")).not.toMatch(/NaN|undefined|null/);
});

test.each([
  ["wide characters", "価格を予測する課題".repeat(12)],
  ["emoji of several parts", "👩‍👩‍👧🙂".repeat(40)],
  ["one long word", "x".repeat(400)],
  ["lines of its own", "first\r\nsecond\nthird"],
])("a name of %s breaks no line, and leaves the best score in sight", (_, text) => {
  const long = timed(eventsOfRun("toy", { text, metric: "rmse" }));
  for (const [columns, rows] of [
    [80, 24],
    [200, 50],
  ] as const) {
    const lines = draw(columns, rows, NO_CAPS, long);
    expect(lines.join("\n").split("\n")).toHaveLength(lines.length);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    expect(lines[1]).toMatch(/best rmse 7, better by 1/);
  }
});

test("what models and data say cannot steer the terminal", () => {
  const hostile = timed(eventsOfRun("toy", { text: "\u001b[2Jowned" }));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
  expect(draw(200, 50, NO_CAPS, hostile).join("\n")).not.toMatch(/\u001b\[2J/);
});
