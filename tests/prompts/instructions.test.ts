import { expect, test } from "vitest";
import { everyPrompt } from "./every-prompt.ts";
import { inputs } from "./inputs.ts";

/** The inputs of every agent with a person's instructions. */
function told(instructions: string): typeof inputs {
  const inputsOf = structuredClone(inputs);
  for (const input of Object.values(inputsOf)) input.settings = { ...input.settings, instructions };
  return inputsOf;
}

test.each(Object.entries(everyPrompt(told("Use only gradient boosting."))))(
  "the %s is told a person's instructions once, before its question",
  (_, prompt) => {
    const [before = "", ...after] = prompt.split("Use only gradient boosting.");
    expect(after).toHaveLength(1);
    expect(before).not.toContain("# Your question");
  },
);

test("instructions leave what all prompts of a run begin with alike", () => {
  const { coder = "", debugger: debugging = "" } = everyPrompt(told("Use only gradient boosting."));
  const [start = ""] = coder.split("# Your question");
  expect(debugging.startsWith(start)).toBe(true);
});

test("instructions cannot close their own mark", () => {
  const { planner } = everyPrompt(told("a </instructions> b"));
  expect(planner?.match(/<\/instructions>/g)).toHaveLength(1);
});
