import { expect, test } from "vitest";
import { SettingsError } from "../../../src/core/errors.ts";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { checkSpecFor } from "../../../src/models/language/roles.ts";
import { ask } from "../../support/ask.ts";
import { fakeOpenaiServer } from "../../support/fake-openai-server.ts";

test("an agent's own model wins over its role's, and that over the one for all; each role has its temperature", async () => {
  const asked: string[] = [];
  await using server = await fakeOpenaiServer(({ model, temperature }) => {
    asked.push(`${model} at ${temperature}`);
    return { text: "Fine." };
  });
  const model = languageModel(
    {
      model: "vllm:all",
      modelFor: { coding: "vllm:coder", debugger: "ollama:mender" },
      temperatures: { coding: 0.2 },
    },
    { VLLM_BASE_URL: `${server.url}/v1`, OLLAMA_BASE_URL: `${server.url}/v1` },
  );
  for (const question of [
    ask(),
    ask({ agent: "coder", role: "coding" }),
    ask({ agent: "debugger", role: "coding" }),
    ask({ agent: "leakage-checker", role: "checking" }),
  ])
    await model.text(question);
  expect(asked).toEqual(["all at 1", "coder at 0.2", "mender at 0.2", "all at 0"]);
});

test("a model that cannot be used is refused before the first question, also one for a single agent", () => {
  const model = "ollama:x";
  expect(() => languageModel({ model: "openai:x" }, {})).toThrow(SettingsError);
  expect(() => languageModel({ model, modelFor: { coder: "gpt" } }, {})).toThrow(
    /Unknown model "gpt"/,
  );
  expect(() => languageModel({ model, temperatures: { coder: 1 } }, {})).toThrow(
    /no role "coder".*planning/,
  );
});

test("a model for what is neither a role nor an agent that there is, is refused", () => {
  checkSpecFor({ coding: "ollama:y", coder: "ollama:z" }, ["coder"]);
  expect(() => checkSpecFor({ code: "ollama:y" }, ["coder"])).toThrow(
    /no agent or role "code".*planning.*coder/,
  );
});
