import { expect, test } from "vitest";
import { mleStarGraph } from "../../../graphs/mle-star.ts";
import { parseScore } from "../../../src/core/score.ts";
import { languageModelOn } from "../../../src/models/language/language-model.ts";
import { agentOfPrompt } from "../../support/agent-of-prompt.ts";
import { fakePorts, fakeRun, settings } from "../../support/fake-ports.ts";
import { seeded, spoiled } from "../../support/malformed.ts";
import { toyAnswers } from "../../support/toy-answers.ts";

const WANTED = 200;
const SHARE_SPOILED = 0.35;
const small = {
  ...settings,
  models: 2,
  outerSteps: 1,
  innerSteps: 2,
  tracks: 2,
  ensembleRounds: 2,
  leakageCheck: true,
  dataUsageCheck: true,
};
const usage = {
  model: "fake:wild",
  inputTokens: null,
  outputTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  costUsd: null,
};

/** A run of the whole graph with a model that spoils a good part of its answers. */
async function wildRun(seed: number) {
  const random = seeded(seed);
  const answers = toyAnswers(() => Math.round(random() * 1000) / 100 + 1);
  const spoiledOf: string[] = [];
  const model = languageModelOn(() => async ({ messages }) => {
    const agent = agentOfPrompt(messages[0]?.text ?? "");
    const good = answers[agent]?.() ?? "";
    if (random() >= SHARE_SPOILED) return { text: good, end: "complete", usage };
    spoiledOf.push(agent);
    const end = random() < 0.2 ? "length" : random() < 0.1 ? "refused" : "complete";
    return { text: spoiled(good, random), end, usage };
  });
  const printed = new Map<string, string>();
  const fake = fakePorts(model, {
    settings: { ...small, method: seed % 2 === 1 ? "paper" : "measured" },
    runPython: async (request) => {
      const run = fakeRun(request);
      printed.set(request.id, run.stdout);
      return run;
    },
  });
  await mleStarGraph(fake.ports).invoke({ folder: "toy" }, { recursionLimit: 1000 });
  return { ...fake, printed, spoiledOf };
}

test("malformed answers of every agent never end a run, and no score is kept that no script printed", async () => {
  const spoiledOf: string[] = [];
  for (let seed = 1; spoiledOf.length < WANTED; seed++) {
    const run = await wildRun(seed);
    spoiledOf.push(...run.spoiledOf);
    expect(run.finished, `seed ${seed}`).toHaveLength(1);
    for (const event of run.events)
      if (event.type === "candidate" && event.score !== null)
        expect(parseScore(run.printed.get(event.runId ?? "") ?? ""), `${seed}, ${event.at}`).toBe(
          event.score,
        );
    for (const { score } of run.ledger.attempts) expect(score).not.toBe(0.0001);
  }
  expect(new Set(spoiledOf).size).toBeGreaterThanOrEqual(13);
}, 120_000);
