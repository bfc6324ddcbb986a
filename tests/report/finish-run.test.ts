import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../src/core/run-event.ts";
import { finishRun } from "../../src/finish-run.ts";
import { readRun } from "../../tools/run-folder/run-record.ts";
import { openScratchpad } from "../../tools/run-folder/scratchpad.ts";
import { task } from "../support/fake-ports.ts";
import { makeRun } from "../support/make-run.ts";

async function finish(spoil: (folder: string) => void): Promise<[string, RecordedEvent[]]> {
  const folder = join(makeRun("toy"), "toy");
  spoil(folder);
  const noted: RecordedEvent[] = [];
  const scratchpad = openScratchpad(join(folder, "scratchpad.jsonl"), {
    now: () => new Date("2026-01-02T04:00:00Z"),
    clock: () => 0,
    onEvent: (event) => noted.push(event),
  });
  await finishRun(folder, readRun(dirname(folder), "toy"), scratchpad)(task, null);
  return [folder, noted];
}

test("a run ends with its report", async () => {
  const [folder, noted] = await finish(() => {});
  expect(existsSync(join(folder, "report.html")) && existsSync(join(folder, "report.md"))).toBe(
    true,
  );
  expect(noted).toMatchObject([{ type: "report", problem: null }]);
});

test("a report that cannot be written is told, and takes nothing from the result", async () => {
  const [, noted] = await finish((folder) => mkdirSync(join(folder, "report.html")));
  expect(noted.at(-1)).toMatchObject({
    type: "report",
    problem: expect.stringMatching(/report\.html/),
  });
});
