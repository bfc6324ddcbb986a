import { expect, test } from "vitest";
import { isBuiltIn, ModelChoice } from "../../src/core/model-choice.ts";

test.each([
  { choice: {}, own: true },
  { choice: { model: "ollama:x" }, own: false },
  { choice: { replay: "/calls.jsonl" }, own: false },
])("with $choice scripts are the program's own: $own", ({ choice, own }) => {
  expect(isBuiltIn(ModelChoice.parse(choice))).toBe(own);
});
