import { expect, test } from "vitest";
import { SettingsError } from "../../src/core/errors.ts";
import { ModelChoice } from "../../src/core/model-choice.ts";
import { checkModel, chooseModel } from "../../src/run/choose-model.ts";
import { task } from "../support/fake-ports.ts";

test.each([
  { choice: { model: "gpt" }, says: /Unknown model "gpt".*openai, google-genai/ },
  { choice: { model: "openai:x" }, says: /OPENAI_API_KEY/ },
  {
    choice: { model: "ollama:x", modelFor: { cook: "ollama:y" } },
    says: /no agent or role "cook"/,
  },
  { choice: { model: "ollama:x", temperatures: { cook: 1 } }, says: /no role "cook"/ },
  { choice: { model: "ollama:x", search: "bing" }, says: /Unknown search "bing"/ },
  { choice: { model: "openai-compatible:x" }, says: /--base-url/ },
  { choice: { search: "tavily" }, says: /built-in engineer asks no language model/ },
  {
    choice: { replay: "/no/such/file" },
    says: /--replay \/no\/such\/file: it is neither a run's folder nor its scratchpad/,
  },
])("$choice is refused before a run begins", ({ choice, says }) => {
  const check = () => checkModel(ModelChoice.parse(choice), task, {});
  expect(check).toThrow(SettingsError);
  expect(check).toThrow(says);
});

test("a model that can be used is not asked anything yet", () => {
  checkModel(ModelChoice.parse({ model: "ollama:x" }), task, {});
});

test("a run by the built-in engineer points at a key that is set, and says nothing without one", () => {
  const told: string[] = [];
  const onNotice = (sentence: string) => void told.push(sentence);
  for (const environment of [{}, { GEMINI_API_KEY: "k" }])
    chooseModel(ModelChoice.parse({}), environment, { onNotice });
  expect(told).toEqual([
    expect.stringContaining("--model google-genai:gemini-2.5-flash would use"),
  ]);
});
