import { expect, test } from "vitest";
import { everyPrompt } from "./every-prompt.ts";
import { inputs } from "./inputs.ts";
import { common } from "./task.ts";

/** Every prompt, with this instead of what is usual. */
const prompted = (change: Partial<typeof common>) => {
  const changed = Object.entries(inputs).map(([name, input]) => [name, { ...input, ...change }]);
  return everyPrompt({ ...inputs, ...Object.fromEntries(changed) });
};
const { ground, settings } = common;
const writers = ["initializer", "coder", "debugger", "submitter"];

test("where nothing is measured, scripts hold rows out for themselves and are told of no file that is not there", () => {
  for (const prompt of Object.values(prompted({ ground: null })))
    expect(prompt).not.toMatch(/folds\.csv|validation_sample|members|classes\.csv/);
  expect(prompted({ ground: null })["initializer"]).toContain("all solutions split alike");
});

test("where it is measured, all that write scripts are told of folds and of the form to fill", () => {
  for (const agent of writers)
    for (const file of ["folds.csv", "validation_sample.csv", "./input/members/<n>/"])
      expect(everyPrompt()[agent]).toContain(file);
});

test("scores of classes are asked for where labels are, and there alone", () => {
  const labels = ground && { ...ground, predicts: "labels" as const, classes: ["a", "b"] };
  for (const agent of writers) {
    expect(prompted({ ground: labels })[agent]).toContain("validation_scores.npy");
    expect(everyPrompt()[agent]).not.toContain("validation_scores.npy");
  }
});

test("in the paper's way scripts are joined, and not told of other scripts' predictions", () => {
  const paper = prompted({ settings: { ...settings, method: "paper" } });
  for (const prompt of Object.values(paper)) expect(prompt).not.toContain("./input/members");
  expect(paper["ensembler"]).toContain("all solutions train in this one script");
  expect(everyPrompt()["ensembler"]).toContain("train none of the solutions again");
});
