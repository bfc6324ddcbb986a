import { expect, test } from "vitest";
import { parseParts, part, printParts } from "../../../src/models/engineer/recipe/recipe.ts";

test.each([
  { text: "none", parts: [] },
  { text: "rotations, clusters", parts: [part("rotations"), part("clusters")] },
  {
    text: "lightgbm(trees=400, rate=0.05), linear",
    parts: [part("lightgbm", { trees: 400, rate: 0.05 }), part("linear")],
  },
  {
    text: 'own(class=sklearn.svm.SVC, gamma="a, b", layers=(20, 10))',
    parts: [part("own", { class: "sklearn.svm.SVC", gamma: '"a, b"', layers: "(20, 10)" })],
  },
])("$text is read back as it was written", ({ text, parts }) => {
  expect(printParts(parts)).toBe(text);
  expect(parseParts(text)).toEqual(parts);
});
