import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { thinPredictions } from "../../src/run/thin-predictions.ts";
import { makeRun } from "../support/make-run.ts";
import { BLEND } from "../support/measured-events.ts";

test("what is handed out keeps its predictions, as do its members; of all others only submissions that could be handed in stay", () => {
  const folder = join(makeRun("toy", { measured: true }), "toy");
  const refused = "track-2/model-2";
  const events = readEvents(join(folder, "scratchpad.jsonl")).map((event) =>
    event.type === "script" && event.run.id === refused
      ? { ...event, run: { ...event.run, submission: { valid: false, problem: "too long" } } }
      : event,
  );
  const ledger = Ledger.of(events);
  const left = (name: string) => globSync(`attempts/**/${name}`, { cwd: folder });
  const submissions = left("submission.csv");
  expect(left("validation.csv").length).toBeGreaterThan(5);
  expect(thinPredictions(folder, ledger)).toBeGreaterThan(0);
  expect(left("validation.csv").toSorted()).toEqual(
    ["ensemble/round-1", BLEND, "track-1/model-1"]
      .map((id) => join("attempts", id, "final", "validation.csv"))
      .toSorted(),
  );
  expect(submissions.filter((path) => !left("submission.csv").includes(path))).toEqual([
    join("attempts", refused, "final", "submission.csv"),
  ]);
  expect(thinPredictions(folder, ledger)).toBe(0);
});
