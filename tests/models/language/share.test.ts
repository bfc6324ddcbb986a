import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mleStarGraph } from "../../../graphs/mle-star.ts";
import type { Share } from "../../../src/core/settings.ts";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { agentOfPrompt } from "../../support/agent-of-prompt.ts";
import { fakeOpenaiServer } from "../../support/fake-openai-server.ts";
import { fakePorts, fakeRun, settings } from "../../support/fake-ports.ts";
import { makeTinyTask } from "../../support/tiny-task.ts";
import { toyAnswers } from "../../support/toy-answers.ts";

const SECRET = "Erika-Blumenkohl";

/** All that a provider is sent in a run whose data, scripts' outputs and errors hold a secret. */
async function sent(share: Share): Promise<string[]> {
  const folder = makeTinyTask(mkdtempSync(join(tmpdir(), "share-")));
  appendFileSync(join(folder, "train.csv"), `160,1.0,1.0,${SECRET},3.0\n`);
  const { draft } = await readTask(folder);
  const prompts: string[] = [];
  const answers = toyAnswers(() => 9 - prompts.length / 100);
  let written = 0;
  await using server = await fakeOpenaiServer(({ messages }) => {
    prompts.push(...messages.map(({ content }) => content));
    const agent = agentOfPrompt(messages[0]?.content ?? "");
    if (agent === "initializer") written += 1;
    const fails = agent === "initializer" && written === 1;
    return { text: fails ? "```python\nfail here\n```" : (answers[agent]?.() ?? "") };
  });
  const environment = { OPENAI_API_KEY: "key", OPENAI_BASE_URL: `${server.url}/v1` };
  const { ports } = fakePorts(languageModel({ model: "openai:small" }, environment), {
    draft,
    settings: {
      ...{ ...settings, models: 2, outerSteps: 1, innerSteps: 1, tracks: 2, ensembleRounds: 1 },
      ...{ leakageCheck: true, dataUsageCheck: true, share },
    },
    runPython: async (request) => {
      const run = fakeRun(request);
      const stdout = `first row: ${SECRET}\n${run.stdout}`;
      return { ...run, stdout, stderr: run.ok ? "" : `ValueError: could not convert ${SECRET}` };
    },
  });
  await mleStarGraph(ports).invoke({ folder }, { recursionLimit: 200 });
  return prompts;
}

test("what is in a cell reaches no provider where only the schema is shared", async () => {
  const prompts = await sent("schema");
  expect(prompts.length).toBeGreaterThan(10);
  expect(prompts.filter((prompt) => prompt.includes("Blumenkohl"))).toEqual([]);
}, 60_000);

test("with all that is shared usually, the debugger sees the error whole", async () => {
  const prompts = await sent("all");
  expect(prompts.some((prompt) => prompt.includes(`could not convert ${SECRET}`))).toBe(true);
}, 60_000);
