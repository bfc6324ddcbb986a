import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/record/event.ts";
import { openEventLog, readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { smallDisk } from "../support/small-disk.ts";

const stage = (key: string): RunEvent => ({
  type: "stage",
  key,
  at: "a",
  stage: "s",
});
const newFile = () => join(mkdtempSync(join(tmpdir(), "mle-star-scratchpad-")), "scratchpad.jsonl");
const open = (path: string, seen: string[] = []) =>
  openEventLog(path, {
    now: () => new Date(0),
    clock: () => 0,
    onEvent: ({ key }) => void seen.push(key),
  });

test("events are appended in order, with their time, and told", () => {
  const path = newFile();
  const seen: string[] = [];
  const { append } = open(path, seen);
  append(stage("one"));
  append(stage("two"));
  expect(seen).toEqual(["one", "two"]);
  expect(readEvents(path)).toMatchObject([
    { key: "one", time: "1970-01-01T00:00:00.000Z" },
    { key: "two" },
  ]);
});

test("what is still under way when the log is closed is neither written nor told", () => {
  const path = newFile();
  const seen: string[] = [];
  const log = open(path, seen);
  log.append(stage("one"));
  log.close();
  expect(() => log.append(stage("two"))).toThrow("two: the run was closed before");
  expect(seen).toEqual(["one"]);
  expect(readEvents(path)).toHaveLength(1);
});

test("a line torn by a crash is cut off, and the next one is whole", () => {
  const path = newFile();
  open(path).append(stage("one"));
  appendFileSync(path, '{"time":"1970-01-01T00:0');
  open(path).append(stage("two"));
  expect(readEvents(path).map(({ key }) => key)).toEqual(["one", "two"]);
  expect(readFileSync(path, "utf8").endsWith("\n")).toBe(true);
});

test("a line that is still being written is not yet read", () => {
  const path = newFile();
  open(path).append(stage("one"));
  appendFileSync(path, '{"time":"1970-01-01T00:0');
  expect(readEvents(path).map(({ key }) => key)).toEqual(["one"]);
});

test("work is counted as it passed, though the time of day was set forward, then back", () => {
  let day = Date.parse("2026-01-01T00:00:00Z");
  let clock = 5000;
  const { append, events } = openEventLog(newFile(), {
    now: () => new Date(day),
    clock: () => clock,
    onEvent: () => {},
  });
  for (const [key, hours] of Object.entries({ one: 0, two: 9000, three: -20_000 })) {
    day += hours * 3_600_000;
    clock += 2000;
    append(stage(key));
  }
  expect(Ledger.of(events).secondsWorked).toBe(4);
});

test("what was left out of a full disk is not half there", (context) => {
  const folder = smallDisk(context, 64);
  const path = join(folder, "scratchpad.jsonl");
  const { append, events } = open(path);
  append(stage("one"));
  expect(() => append(stage("x".repeat(200_000)))).toThrow(/ENOSPC/);
  append(stage("two"));
  expect(events).toHaveLength(2);
  expect(readEvents(path).map(({ key }) => key)).toEqual(["one", "two"]);
});

test("a scratchpad of an older form is refused in a sentence, with its line", () => {
  const path = newFile();
  appendFileSync(path, '{"time":"2026-01-01T00:00:00Z","type":"agent","key":"a","at":"track-1"}\n');
  expect(() => readEvents(path)).toThrow(/line 1 is no event of this version/);
});
