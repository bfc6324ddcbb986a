import { Command } from "commander";
import { expect, test } from "vitest";
import { addModelFlags, type ModelFlags, modelChoiceOf } from "../../src/commands/model-flags.ts";

const choiceOf = (...words: string[]) => {
  const command = addModelFlags(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return modelChoiceOf(command.parse(words, { from: "user" }).opts<ModelFlags>());
};

test("without flags the built-in engineer is chosen", () => {
  expect(choiceOf()).toEqual({ model: "offline" });
});

test("models for agents and roles, temperatures and a search add up", () => {
  const words = "--model openai:a --model-for planner=openai:b --model-for coding=ollama:c:7b";
  expect(choiceOf(...`${words} --temperature coding=0.2 --search searxng`.split(" "))).toEqual({
    model: "openai:a",
    modelFor: { planner: "openai:b", coding: "ollama:c:7b" },
    temperatures: { coding: 0.2 },
    search: "searxng",
  });
});

test.each([
  ["--model-for", "planner"],
  ["--temperature", "coding=hot"],
  ["--prices", "missing.json"],
])("%s %s is refused", (...words) => {
  expect(() => choiceOf(...words)).toThrow();
});
