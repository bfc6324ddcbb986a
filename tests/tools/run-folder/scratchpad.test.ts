import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type RunEvent, secondsWorked } from "../../../src/core/run-event.ts";
import { openScratchpad, readScratchpad } from "../../../tools/run-folder/scratchpad.ts";
import { smallDisk } from "../../support/small-disk.ts";

const stage = (key: string): RunEvent => ({
  type: "stage",
  key,
  at: "a",
  stage: "s",
  state: "started",
});
const newFile = () => join(mkdtempSync(join(tmpdir(), "mle-star-scratchpad-")), "scratchpad.jsonl");
const open = (path: string, seen: string[] = []) =>
  openScratchpad(path, {
    now: () => new Date(0),
    clock: () => 0,
    onEvent: ({ key }) => void seen.push(key),
  });

test("events are appended in order, with their time, and told", () => {
  const path = newFile();
  const seen: string[] = [];
  const { note } = open(path, seen);
  note(stage("one"));
  note(stage("two"));
  expect(seen).toEqual(["one", "two"]);
  expect(readScratchpad(path)).toMatchObject([
    { key: "one", time: "1970-01-01T00:00:00.000Z" },
    { key: "two" },
  ]);
});

test("an event that is repeated, also after a new opening, is dropped", () => {
  const path = newFile();
  open(path).note(stage("one"));
  const seen: string[] = [];
  open(path, seen).note(stage("one"));
  expect(seen).toEqual([]);
  expect(readScratchpad(path)).toHaveLength(1);
});

test("a line torn by a crash is cut off, and the next one is whole", () => {
  const path = newFile();
  open(path).note(stage("one"));
  appendFileSync(path, '{"time":"1970-01-01T00:0');
  open(path).note(stage("two"));
  expect(readScratchpad(path).map(({ key }) => key)).toEqual(["one", "two"]);
  expect(readFileSync(path, "utf8").endsWith("\n")).toBe(true);
});

test("a line that is still being written is not yet read", () => {
  const path = newFile();
  open(path).note(stage("one"));
  appendFileSync(path, '{"time":"1970-01-01T00:0');
  expect(readScratchpad(path).map(({ key }) => key)).toEqual(["one"]);
});

test("work is counted as it passed, though the time of day was set forward, then back", () => {
  let day = Date.parse("2026-01-01T00:00:00Z");
  let clock = 5000;
  const { note, events } = openScratchpad(newFile(), {
    now: () => new Date(day),
    clock: () => clock,
    onEvent: () => {},
  });
  for (const [key, hours] of Object.entries({ one: 0, two: 9000, three: -20_000 })) {
    day += hours * 3_600_000;
    clock += 2000;
    note(stage(key));
  }
  expect(secondsWorked(events())).toBe(4);
});

test("what was left out of a full disk is not half there", (context) => {
  const folder = smallDisk(context, 64);
  const path = join(folder, "scratchpad.jsonl");
  const { note, events } = open(path);
  note(stage("one"));
  expect(() => note(stage("x".repeat(200_000)))).toThrow(/ENOSPC/);
  note(stage("two"));
  expect(events()).toHaveLength(2);
  expect(readScratchpad(path).map(({ key }) => key)).toEqual(["one", "two"]);
});
