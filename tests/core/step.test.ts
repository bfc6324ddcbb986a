import { expect, test } from "vitest";
import { Settings } from "../../src/core/settings.ts";
import { leftOut, type Step } from "../../src/core/step.ts";

test.each([
  { kind: "candidate", at: "track-1/model-3", words: "track-1/model-3" },
  { kind: "merge", at: "track-1/merge-1", words: "track-1/merge-1" },
  { kind: "refinement", at: "track-2/refine-2", words: "refinement steps 2 to 4 of track-2" },
  { kind: "refinement", at: "track-2/refine-4", words: "refinement step 4 of track-2" },
  {
    kind: "attempt",
    at: "track-1/refine-1/attempt-3",
    words: "attempts 3 to 4 of track-1/refine-1",
  },
  { kind: "ablation", at: "track-1/refine-1/ablation", words: "the ablation of track-1/refine-1" },
  { kind: "ensemble", at: "ensemble/round-5", words: "round 5 of ensemble" },
  { kind: "debug", at: "track-1/model-1/debug-2", words: "corrections of track-1/model-1" },
  {
    kind: "data-usage",
    at: "track-1/data-usage",
    words: "the check that all data are used of track-1",
  },
] satisfies (Step & { words: string })[])("$kind at $at left out: $words", ({ words, ...step }) => {
  expect(leftOut(step, Settings.parse({}))).toBe(words);
});
