import { expect, test } from "vitest";
import { ModelChoice } from "../../src/core/model-choice.ts";
import { examineModel } from "../../src/run/doctor.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { loopbackServer } from "../support/loopback-server.ts";

async function findings(text: string) {
  await using server = await fakeOpenaiServer(() => ({ text }));
  const choice = ModelChoice.parse({ model: "vllm:small", baseUrl: `${server.url}/v1` });
  const found = [];
  for await (const finding of examineModel(choice, {})) found.push(finding);
  return found.map(({ subject, state }) => `${subject}: ${state}`);
}

test("a model that answers in text and in JSON is well, and a missing search is only noted", async () => {
  expect(await findings('{"ready": true}')).toEqual(["model: ok", "search: note"]);
});

test("a model that cannot answer in JSON is found out", async () => {
  expect(await findings("ready")).toContain("model: bad");
});

test("every model that an agent would ask is examined, and a search that fails is no reason not to run", async () => {
  await using good = await fakeOpenaiServer(() => ({ text: '{"ready": true}' }));
  await using bad = await fakeOpenaiServer(() => ({ status: 401 }));
  await using search = await loopbackServer((_, response) => void response.writeHead(500).end());
  const environment = {
    VLLM_BASE_URL: `${good.url}/v1`,
    OLLAMA_BASE_URL: `${bad.url}/v1`,
    SEARXNG_API_BASE: search.url,
  };
  const modelFor = { coder: "ollama:b", planner: "ollama:b" };
  const found = [];
  for await (const finding of examineModel(
    ModelChoice.parse({ model: "vllm:a", modelFor }),
    environment,
  ))
    found.push(finding);
  expect(found.map(({ subject, state }) => `${subject}: ${state}`)).toEqual([
    "model: ok",
    "model: bad",
    "search: note",
  ]);
  expect(found.at(-1)?.detail).toMatch(/search by searxng failed: .*; a run would do without$/);
});

test("the built-in engineer needs nothing, and a key that is set is pointed at", async () => {
  const found = [];
  for await (const { detail } of examineModel(ModelChoice.parse({}), { OPENAI_API_KEY: "k" }))
    found.push(detail);
  expect(found).toEqual([expect.stringContaining("--model openai:gpt-5-mini would use it")]);
});
