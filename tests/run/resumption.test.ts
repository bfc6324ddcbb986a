import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_CAPS } from "../../src/core/caps.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { Settings } from "../../src/core/settings.ts";
import type { RunEvent } from "../../src/record/event.ts";
import { openEventLog } from "../../src/record/event-log.ts";
import { createRun } from "../../src/record/run-record.ts";
import { admitRun } from "../../src/run/admission.ts";
import { type Anew, takeUp } from "../../src/run/resumption.ts";
import { makeTinyTask } from "../support/tiny-task.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-resumption-"));
const settings = Settings.parse({ outerSteps: 2 });
const environment = { OPENAI_API_KEY: "a-key" };
let count = 0;

/** A run that was begun with a cap on its scripts, and left with these events. */
async function begun(events: readonly RunEvent[] = []) {
  count += 1;
  const runId = `run-${count}`;
  const runsFolder = join(home, "runs");
  const taskFolder = makeTinyTask(join(home, `task-${count}`));
  const caps = { ...NO_CAPS, scriptRuns: 5 };
  const { record } = await admitRun(
    { taskFolder, settings, caps, model: "offline", runId },
    { runsFolder, environment },
  );
  const runFolder = createRun(runsFolder, record);
  const log = openEventLog(join(runFolder, "scratchpad.jsonl"), {
    now: () => new Date("2026-01-02T03:04:05Z"),
    clock: () => 0,
    onEvent: () => {},
  });
  const { task, model } = record;
  log.append({ type: "run", key: "run", at: "", runId, task: task.name, model, settings });
  for (const event of events) log.append(event);
  const edit = (change: (run: Record<string, unknown>) => object) => {
    const path = join(runFolder, "run.json");
    const run = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...run, ...change(run) }));
  };
  return {
    taskFolder,
    edit,
    takeUp: (anew: Anew = {}) => takeUp(runId, { runsFolder, environment }, anew),
  };
}

const cut: RunEvent = {
  type: "left-out",
  key: "track-1/refine-2/left out",
  at: "track-1/refine-2",
  step: "refinement",
  reason: "Script runs: 5 of 5 are spent",
};

test("a run goes on as it was when nothing is given anew", async () => {
  const { record, beginsAnew } = await (await begun([cut])).takeUp();
  expect({ caps: record.caps.scriptRuns, beginsAnew }).toEqual({ caps: 5, beginsAnew: false });
});

test.each([
  { anew: { caps: { scriptRuns: 9 } }, events: [cut], beginsAnew: true },
  // It never came near that cap, and goes on from where it is.
  { anew: { caps: { scriptRuns: 9 } }, events: [], beginsAnew: false },
  { anew: { caps: { scriptRuns: 3 } }, events: [cut], beginsAnew: false },
  { anew: { caps: { seconds: 60 } }, events: [cut], beginsAnew: false },
  { anew: { settings: { review: ["plans"] } }, events: [], beginsAnew: true },
  { anew: { settings: { outerSteps: 2 } }, events: [], beginsAnew: false },
] satisfies { anew: Anew; events: RunEvent[]; beginsAnew: boolean }[])(
  "with $anew the graph begins anew: $beginsAnew",
  async ({ anew, events, beginsAnew }) => {
    expect((await (await begun(events)).takeUp(anew)).beginsAnew).toBe(beginsAnew);
  },
);

test("another number of the paper is refused with both values", async () => {
  const given = (await begun()).takeUp({ settings: { outerSteps: 3, seed: 0 } });
  await expect(given).rejects.toThrow(/outerSteps was 2 and is 3: its numbers would no longer/);
});

test("a run.json that was edited is refused with what differs", async () => {
  const run = await begun();
  run.edit(() => ({ settings: { ...settings, tracks: 4, maxTrainRows: 100 } }));
  await expect(run.takeUp()).rejects.toThrow(
    /tracks was 2 and is 4; maxTrainRows was 30000 and is 100/,
  );
});

test("a task folder that changed is refused with the files that did", async () => {
  const run = await begun();
  writeFileSync(
    join(run.taskFolder, "train.csv"),
    `${readFileSync(join(run.taskFolder, "train.csv"), "utf8")}999,0,0,x,1\n`,
  );
  writeFileSync(join(run.taskFolder, "notes.txt"), "new");
  await expect(run.takeUp()).rejects.toThrow(/notes\.txt is new, train\.csv is changed/);
});

test.each(["0.0.9", "1.0.0", "0.1.0"])(
  "a run of version %s is refused with how to finish it",
  async (version) => {
    const run = await begun();
    run.edit(() => ({ version }));
    await expect(run.takeUp()).rejects.toThrow(`npx mle-star@${version} resume run-`);
  },
);

test("a patch of the same version goes on", async () => {
  const run = await begun();
  run.edit(({ version }) => ({ version: String(version).replace(/\d+$/, "99") }));
  expect((await run.takeUp()).record.version).toMatch(/\.99$/);
});

test("another model may take over; one that cannot be used is refused before anything changes", async () => {
  const run = await begun();
  const { record } = await run.takeUp({ choice: { model: "openai:gpt-5-mini" } });
  expect(record.model).toBe("openai:gpt-5-mini");
  await expect(run.takeUp({ choice: { model: "nobody:x" } })).rejects.toThrow(SettingsError);
});
