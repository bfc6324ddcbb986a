import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../src/record/event.ts";
import { openEventLog } from "../../src/record/event-log.ts";
import { journalOf } from "../../src/record/journal.ts";
import { readRun } from "../../src/record/run-record.ts";
import { finishRun } from "../../src/run/finish-run.ts";
import type { RunPlan } from "../support/made-events.ts";
import { makeRun } from "../support/make-run.ts";

async function finish(
  spoil: (folder: string) => void,
  plan: RunPlan = {},
): Promise<[string, RecordedEvent[]]> {
  const folder = join(makeRun("toy", plan), "toy");
  spoil(folder);
  const noted: RecordedEvent[] = [];
  const log = openEventLog(join(folder, "scratchpad.jsonl"), {
    now: () => new Date("2026-01-02T04:00:00Z"),
    clock: () => 0,
    onEvent: (event) => noted.push(event),
  });
  await finishRun(folder, readRun(dirname(folder), "toy"), journalOf(log), {
    heldOut: async () => null,
    explain: async () => null,
  })();
  return [folder, noted];
}

test("a run ends with what it hands out, and with its report", async () => {
  const [folder, noted] = await finish(() => {});
  const files = ["report.html", "report.md"].map((name) => existsSync(join(folder, name)));
  expect(files).toEqual([true, true]);
  expect(noted).toMatchObject([
    { type: "result", score: 7, solution: join(folder, "best", "solution.py") },
    { type: "report", problem: null },
  ]);
});

test("a report that cannot be written is told, and takes nothing from the result", async () => {
  const [, noted] = await finish((folder) => mkdirSync(join(folder, "report.html")));
  expect(noted.at(-1)).toMatchObject({
    type: "report",
    problem: expect.stringMatching(/report\.html/),
  });
});
