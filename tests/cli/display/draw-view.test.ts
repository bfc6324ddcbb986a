import stringWidth from "string-width";
import { expect, test } from "vitest";
import { drawView } from "../../../src/cli/display/draw-view.ts";
import { RunView } from "../../../src/cli/display/run-view.ts";
import { NO_CAPS } from "../../../src/core/caps.ts";
import type { RecordedEvent, RunEvent } from "../../../src/record/event.ts";
import { agent, recorded } from "../../support/made-event.ts";
import { begun, decided, leaked, running, scored, waiting } from "./some-events.ts";

const told: RunEvent[] = [
  ...begun(),
  ...scored("track-1/model-1", 9.5),
  agent("track-2/model-1", "initializer", 0.5),
  ...scored("track-2/model-1", null),
  ...scored("track-1/refine-1/attempt-1", 8),
];
const events = recorded([
  ...told,
  running("track-2/model-3"),
  running("track-1/refine-2/attempt-1"),
]);

function draw(columns: number, rows: number, caps = NO_CAPS, seen: RecordedEvent[] = events) {
  const view = new RunView();
  view.plan = { caps, graph: "mle-star", scripts: [] };
  for (const event of seen) {
    view.ledger.take(event);
    view.follow(event);
  }
  return drawView(view, { columns, rows }, view.lastEventAt + 5000);
}

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
  expect(draw(200, 50).join("\n")).toMatch(/0:05 of about 0:12/);
});

test("a script that waits for a slot says so, until it has one", () => {
  const queued = [...told, waiting("track-1/refine-2/attempt-1")];
  const text = draw(200, 50, NO_CAPS, recorded(queued)).join("\n");
  expect(text).toMatch(/▶ refine 2 › attempt 1.*\n *waiting for a slot: 0:05/);
  const served = recorded([...queued, running("track-1/refine-2/attempt-1")]);
  expect(draw(200, 50, NO_CAPS, served).join("\n")).not.toContain("waiting for a slot");
});

test("the best score stands with its change, its place, and what was spent for it", () => {
  const text = draw(200, 50).join("\n");
  expect(text).toMatch(/best rmse 8, better by 1.5 \(16 %\), by track 1 › refine 1 › attempt 1/);
  expect(text).toMatch(/\d+ scripts · \d+ calls · [\d,]+ tokens · \$\d/);
});

test("a track is finished once it has taken its last step, or its solution is used", () => {
  const text = (...more: RunEvent[]) =>
    draw(80, 24, NO_CAPS, recorded([...told, ...more])).join("\n");
  expect(text(decided("track-1/refine-3", false))).not.toContain("finished");
  expect(text(decided("track-1/refine-4", false))).toContain("finished");
  expect(text(agent("ensemble/round-1", "ensembler", 0.5))).toMatch(/finished .*finished/);
});

test("scripts that were given, and a score that does not count, are shown as what they are", () => {
  const alone = [
    ...begun(),
    ...scored("given-1", 9),
    ...scored("given-1/refine-1/attempt-1", 2, "peek()"),
    leaked("given-1/refine-1/attempt-1", "peek()"),
  ];
  const text = draw(80, 24, NO_CAPS, recorded(alone)).join("\n");
  expect(text).toMatch(/Given 1 +refinement › refine 1 › attempt 1/);
  expect(text).toMatch(/last withdrawn, 9/);
  expect(text).toMatch(/best rmse 9, the first, by given 1/);
});

test("caps are told with what is left of them", () => {
  const text = draw(200, 50, { ...NO_CAPS, seconds: 100, tokens: 50_000 }).join("\n");
  expect(text).toMatch(/\d:\d\d of the time cap left/);
  expect(text).toMatch(/of 50,000 tokens/);
});

test("scripts of a process that is gone run no longer", () => {
  const workbench = { pythonVersion: "3.12.0", packages: [], cpus: 2, memoryMb: 8000, gpu: null };
  const opened = {
    type: "opened" as const,
    key: "opened-2",
    at: "",
    version: "0.2.0",
    anew: false,
  };
  const resumed = [...events, ...recorded([{ ...opened, workbench }])];
  expect(draw(80, 24, NO_CAPS, resumed).join("\n")).not.toContain("▶");
});

test("before anything is known there is nothing false to say", () => {
  expect(draw(80, 24, NO_CAPS, []).join("\n")).not.toMatch(/NaN|undefined|null/);
  const early = recorded([...begun(), agent("track-1/models", "retriever", 0.5)]);
  expect(draw(80, 24, NO_CAPS, early).join("\n")).not.toMatch(/NaN|undefined|null/);
});

test.each([
  ["wide characters", "価格を予測する課題".repeat(12)],
  ["emoji of several parts", "👩‍👩‍👧🙂".repeat(40)],
  ["one long word", "x".repeat(400)],
  ["lines of its own", "first\r\nsecond\nthird"],
  ["what steers a terminal", "\u001b[2Jowned"],
])("a name of %s breaks no line, and leaves the best score in sight", (_, text) => {
  const long = recorded([...begun({}, text), ...told.slice(2)]);
  for (const [columns, rows] of [
    [80, 24],
    [200, 50],
  ] as const) {
    const lines = draw(columns, rows, NO_CAPS, long);
    expect(lines.join("\n").split("\n")).toHaveLength(lines.length);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    expect(lines[1]).toMatch(/best rmse 8, better by 1/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    expect(lines.join("\n")).not.toMatch(/\u001b\[2J/);
  }
});
