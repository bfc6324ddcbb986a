import { expect, test } from "vitest";
import { mleStarGraph } from "../../../graphs/mle-star.ts";
import { ModelUnavailableError } from "../../../src/core/errors.ts";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { leadersOf } from "../../../src/record/history.ts";
import { agentOfPrompt } from "../../support/agent-of-prompt.ts";
import { fakeGeminiServer } from "../../support/fake-gemini-server.ts";
import { fakeOpenaiServer } from "../../support/fake-openai-server.ts";
import { fakePorts, settings, task } from "../../support/fake-ports.ts";
import type { ProviderReply } from "../../support/provider-reply.ts";
import { toyAnswers } from "../../support/toy-answers.ts";

const small = {
  ...settings,
  method: "paper" as const,
  models: 2,
  outerSteps: 1,
  innerSteps: 2,
  tracks: 2,
  ensembleRounds: 2,
  leakageCheck: true,
  dataUsageCheck: true,
};
const patience = { tries: 5, idleSeconds: 5, firstWaitSeconds: 0.01, longestWaitSeconds: 0.05 };
const ALL_BUT_THE_SEARCH = [
  "ablator",
  "coder",
  "data-usage-checker",
  "debugger",
  "ensemble-planner",
  "ensembler",
  "extractor",
  "initializer",
  "leakage-checker",
  "merger",
  "planner",
  "retriever",
  "submitter",
  "summarizer",
  "task-analyst",
];

/** The whole graph against a provider that speaks one of the wire formats; `fault` decides which requests fail, by their number and whether the question is new. */
async function wholeRun(
  provider: "openai" | "google-genai",
  fault: (count: number, isNew: boolean) => ProviderReply | null = () => null,
) {
  let scores = 0;
  const better = () => {
    scores += 1;
    return (90 - scores) / 10;
  };
  const answers: Record<string, () => string> = {
    ...toyAnswers(better),
    "task-analyst": () =>
      JSON.stringify({
        metric: "rmse",
        direction: "minimize",
        modality: "tabular",
      }),
  };
  const asked: string[] = [];
  const seen = new Set<string>();
  const reply = (prompt: string, count: number): ProviderReply => {
    const failure = fault(count, !seen.has(prompt));
    seen.add(prompt);
    if (failure !== null) return failure;
    const agent = agentOfPrompt(prompt);
    asked.push(agent);
    const first = asked.filter((one) => one === agent).length === 1;
    if (agent === "initializer" && first) return { text: "```python\nfail: no column y\n```" };
    return { text: answers[agent]?.() ?? "" };
  };
  const server =
    provider === "openai"
      ? await fakeOpenaiServer(({ messages }, count) => reply(messages[0]?.content ?? "", count))
      : await fakeGeminiServer(({ contents }, count) =>
          reply(contents[0]?.parts[0]?.text ?? "", count),
        );
  const environment = {
    OPENAI_API_KEY: "key",
    OPENAI_BASE_URL: `${server.url}/v1`,
    GOOGLE_API_KEY: "key",
    GOOGLE_GENAI_BASE_URL: server.url,
  };
  const model = languageModel({ model: `${provider}:small` }, environment, { patience });
  const draft = { ...task, metric: null, direction: null };
  const fake = fakePorts(model, { settings: small, draft });
  const end = mleStarGraph(fake.ports).invoke({ folder: "toy" }, { recursionLimit: 1000 });
  return { server, asked, end, ...fake };
}

test.each(["openai", "google-genai"] as const)(
  "the whole graph, with every agent, over HTTP by %s ends in a submission",
  async (provider) => {
    const { server, asked, end, ledger, finished } = await wholeRun(provider);
    await using _ = server;
    await end;
    expect([...new Set(asked)].toSorted()).toEqual(ALL_BUT_THE_SEARCH);
    expect(finished).toEqual([expect.objectContaining({ script: expect.any(String) })]);
    expect(leadersOf(ledger).length).toBeGreaterThan(3);
  },
  60_000,
);

test("a run outlives a provider that fails at every question first", async () => {
  const { server, end, ledger } = await wholeRun("openai", (_, isNew) =>
    isNew ? { status: 503 } : null,
  );
  await using _ = server;
  await end;
  expect(ledger.handedOut?.score).toBeLessThan(9);
}, 60_000);

test("a provider that goes down for good ends the run soon, with the solutions it had until then", async () => {
  const { server, end, ledger } = await wholeRun("openai", (count) =>
    count >= 12 ? { fault: "reset" } : null,
  );
  await using _ = server;
  const started = Date.now();
  await expect(end).rejects.toThrow(ModelUnavailableError);
  expect(Date.now() - started).toBeLessThan(10_000);
  expect(ledger.best).not.toBeNull();
}, 60_000);
