import { expect, test } from "vitest";
import { Place, place, STAGES } from "../../src/core/place.ts";

const attempt = place.track(1).refine(2).attempt(3);

test("a place is made step by step, printed, and read back", () => {
  expect(attempt.text).toBe("track-1/refine-2/attempt-3");
  expect(`${attempt}`).toBe(attempt.text);
  expect(Place.parse(attempt.text)).toEqual(attempt);
  expect(attempt.words).toBe("track 1 › refine 2 › attempt 3");
  expect(place.text).toBe("");
  expect(place.track(2).dataUsage).toMatchObject({ name: "data-usage", number: 0 });
});

test("it knows its parent, its branch, its numbers and the step it corrects", () => {
  expect(attempt.parent?.text).toBe("track-1/refine-2");
  expect(place.parent).toBeNull();
  expect(attempt.branch.text).toBe("track-1");
  expect(attempt.numbers).toEqual({ track: 1, refine: 2, attempt: 3 });
  expect(attempt.debug(2).step.text).toBe(attempt.text);
  expect(Place.parse("track-1/model-2~3")).toMatchObject({ text: "track-1/model-2", number: 2 });
  expect(attempt.isWithin(place.track(1))).toBe(true);
  expect(attempt.isWithin(place.track(1).refine(20))).toBe(false);
});

test.each([
  { at: "", stage: "preparation" },
  { at: "task", stage: "preparation" },
  { at: "track-1", stage: "model search" },
  { at: "track-1/retrieval-2", stage: "model search" },
  { at: "track-1/models", stage: "model search" },
  { at: "track-1/model-1/debug-1", stage: "initial solutions" },
  { at: "track-1/data-usage", stage: "initial solutions" },
  { at: "track-1/refine-1/ablation", stage: "refinement" },
  { at: "given-1", stage: "initial solutions" },
  { at: "given-1/refine-1/attempt-1", stage: "refinement" },
  { at: "ensemble/round-1", stage: "ensemble" },
  { at: "submission/finalist-1/own", stage: "submission" },
])("$at is of the stage $stage, also where a graph stands alone", ({ at, stage }) => {
  expect(Place.parse(at).stage).toBe(stage);
  expect(STAGES).toContain(stage);
});

test("places have the order of a run, numbers as numbers", () => {
  const inOrder = [
    place,
    place.task,
    place.track(1),
    place.track(1).models,
    place.track(1).model(2),
    place.track(1).model(10),
    place.track(1).merge(1),
    place.track(1).refine(1).ablation,
    place.track(1).refine(1).attempt(1),
    place.track(2),
    place.ensemble.round(1),
    place.submission.finalist(1),
  ];
  const shuffled = inOrder.toReversed().toSorted(Place.compare);
  expect(shuffled.map(({ text }) => text)).toEqual(inOrder.map(({ text }) => text));
});
