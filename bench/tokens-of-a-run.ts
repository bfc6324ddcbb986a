import { createHash } from "node:crypto";
import { mleStarGraph } from "../graphs/mle-star.ts";
import type { CallCost } from "../src/core/call-cost.ts";
import type { Run } from "../src/core/candidate.ts";
import type { Ask, Model, Ports, RunRequest } from "../src/core/ports.ts";
import { contextOf } from "../src/core/run-context.ts";
import type { RecordedEvent, RunEvent } from "../src/core/run-event.ts";
import { Settings } from "../src/core/settings.ts";
import type { Chat } from "../src/models/language/chat.ts";
import { type LanguageModel, languageModelOn } from "../src/models/language/language-model.ts";
import { recorder, replay } from "../src/models/language/recording.ts";
import { totalsOf } from "../src/report/facts/costs.ts";
import { digitsAnswer } from "../tests/support/digits-answers.ts";
import { readTask } from "../tools/read-task/read-task.ts";

/**
 * Prints the tokens of one full run at the paper's settings (M=4 T=4 K=4 L=2 R=5) on the digits, per agent and per stage: the
 * run is recorded with scripted answers and replayed from the recording. Tokens are estimated as characters / 4.
 */

const tokens = (text: string) => Math.ceil(text.length / 4);

const scripted: Chat = async ({ messages }) => {
  const prompt = messages.map(({ text }) => text).join("\n");
  const text = digitsAnswer(messages[0]?.text ?? "");
  const usage = {
    model: "estimated:characters-by-4",
    inputTokens: tokens(prompt),
    outputTokens: tokens(text),
    cachedTokens: null,
    reasoningTokens: null,
    costUsd: null,
  };
  return { text, end: "complete", usage };
};

/** Scripts do not run here: each gets a score of its own, so that the loops take their usual ways. */
async function scored({ id, script, purpose }: RunRequest): Promise<Run> {
  const digest = createHash("sha256").update(`${id}${script}`).digest().readUInt16BE();
  const score = (0.9 + digest / 700_000).toFixed(4);
  const stdout =
    purpose === "ablation"
      ? `Ablation[baseline]: ${score}\nAblation[features]: 0.9\n`
      : `Final Validation Performance: ${score}\n`;
  const submission = { valid: true, problem: null };
  const ending = { ok: true, outcome: "ok" as const, exitCode: 0, stderr: "", seconds: 20 };
  return { id, ...ending, stdout, submission };
}

/** A model whose calls are noted with their usage. */
const noted = (language: LanguageModel, note: (event: RunEvent) => void): Model => {
  let calls = 0;
  const told = <T>(ask: Ask, answer: T): T => {
    const { agent, at, prompt } = ask;
    const sizes = { promptCharacters: prompt.length, answerCharacters: 0 };
    const usage = language.usageOf(ask);
    note({
      type: "agent",
      key: `${calls++}`,
      at,
      agent,
      seconds: 0,
      problem: null,
      ...sizes,
      usage,
    });
    return answer;
  };
  return {
    text: async (ask) => told(ask, await language.text(ask)),
    data: async (ask) => told(ask, await language.data(ask)),
  };
};

async function run(language: LanguageModel): Promise<RecordedEvent[]> {
  const { draft } = await readTask("examples/digits");
  const events: RecordedEvent[] = [];
  const note = (event: RunEvent) => void events.push({ ...event, time: "" });
  const packages = ["numpy", "pandas", "scipy", "scikit-learn", "lightgbm", "xgboost", "catboost"];
  const workbench = {
    pythonVersion: "3.11.9",
    packages: packages.map((name) => ({ name, version: "1.0.0" })),
    cpus: 4,
    memoryMb: 16_384,
    gpu: null,
  };
  const ports: Ports = {
    model: noted(language, note),
    runPython: scored,
    searchWeb: null,
    recall: () => null,
    note,
    promote: {
      stands: () => true,
      whenBetter: async () => {},
      always: async () => {},
      distrust: async () => {},
    },
    agreement: async () => 1,
    baseline: () => null,
    prepare: async () => ({ draft, workbench }),
    finish: async () => {},
    budget: () => null,
  };
  const settings = Settings.parse({});
  await mleStarGraph(ports).invoke(
    { folder: "examples/digits" },
    { recursionLimit: 1000, context: contextOf(settings) },
  );
  return events;
}

const lines: string[] = [];
const record = recorder((line) => lines.push(line), []);
await run(languageModelOn(() => record.chat(scripted)));
const events = await run(replay(lines.join("\n")).model);
const { calls, agents, stages } = totalsOf(events);
const row = (name: string, { calls, inputTokens, outputTokens }: CallCost) =>
  console.log(
    `${name.padEnd(20)}${String(calls).padStart(6)} calls${String(inputTokens).padStart(9)} in${String(outputTokens).padStart(8)} out`,
  );
for (const cost of [...agents, ...stages]) row(cost.name, cost);
row("in all", calls);
