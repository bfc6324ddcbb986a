import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ModelUnavailableError, SettingsError } from "../../src/core/errors.ts";
import { memoryLog } from "../../src/record/event-log.ts";
import { journalOf } from "../../src/record/journal.ts";
import { journaledModel } from "../../src/record/journaled.ts";
import { recordingAt, replayed } from "../../src/run/replay.ts";
import { ask } from "../support/ask.ts";

const folder = mkdtempSync(join(tmpdir(), "mle-star-replay-"));
const scratchpad = join(folder, "scratchpad.jsonl");
const one = { at: "track-1", prompt: "one", parts: "one" };
const page = { url: "https://a.example", title: "A", text: "about" };

/** The scratchpad of a run that had one answer and one search. */
async function record() {
  const journal = journalOf(memoryLog());
  const text = async () => "Scale the target.";
  const options = { journal, folder, clock: () => 0, usageOf: () => null };
  await journaledModel({ text, data: () => Promise.reject(new Error()) }, options).text(ask(one));
  const effect = { at: "track-1/models", name: "search", parts: { query: "trees" } };
  journal.record("search", effect, { query: "trees", hits: [page], seconds: 1 });
  const read = { at: "track-1/models", name: "page", parts: { url: page.url } };
  journal.record("page", read, { url: page.url, page: null, seconds: 1 });
  journal.note({ type: "stage", key: "stage", at: "track-1", stage: "refinement" });
  writeFileSync(scratchpad, journal.events.map((event) => `${JSON.stringify(event)}\n`).join(""));
}

function replay(log = memoryLog()) {
  const events = recordingAt(folder);
  const journal = journalOf(log, { events, from: folder });
  const { model, usageOf, searchWeb } = replayed(events, journal);
  const options = { journal, folder, clock: () => 0, usageOf };
  return { model: journaledModel(model, options), searchWeb, log };
}

test("a run's folder and its scratchpad alone are the same recording, of answers only", async () => {
  await record();
  expect(recordingAt(folder).map(({ type }) => type)).toEqual(["call", "search", "page"]);
  expect(recordingAt(scratchpad)).toEqual(recordingAt(folder));
  expect(() => recordingAt(tmpdir())).toThrow(SettingsError);
});

test("what was answered is answered again, also when the replayed run is resumed", async () => {
  const { model, searchWeb, log } = replay();
  const changed = ask({ ...one, prompt: "three seconds later" });
  expect(await model.text(changed)).toBe("Scale the target.");
  expect(await replay(log).model.text(changed)).toBe("Scale the target.");
  expect(await searchWeb?.("trees", { at: "track-1/models" })).toEqual([page]);
});

test("what was not answered is refused in a sentence", async () => {
  const { model, searchWeb } = replay();
  const other = model.text(ask({ ...one, parts: "two" }));
  await expect(other).rejects.toThrow(ModelUnavailableError);
  await expect(other).rejects.toThrow(
    "The recording has no further answer of the planner at track-1: the run took another course than the recorded one.",
  );
  await expect(searchWeb?.("bushes", { at: "track-1/models" })).rejects.toThrow(
    "The recording has no further search at track-1/models",
  );
});
