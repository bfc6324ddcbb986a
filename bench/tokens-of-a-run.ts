import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mleStarGraph } from "../graphs/mle-star.ts";
import type { Ports } from "../graphs/ports.ts";
import type { Run } from "../src/core/candidate.ts";
import { completeTask } from "../src/core/complete-task.ts";
import type { RunRequest } from "../src/core/ports.ts";
import { contextOf } from "../src/core/run-context.ts";
import { Settings } from "../src/core/settings.ts";
import type { CallCost } from "../src/core/usage.ts";
import type { Chat } from "../src/models/language/chat.ts";
import { type LanguageModel, languageModelOn } from "../src/models/language/language-model.ts";
import { totalsOf } from "../src/record/costs.ts";
import { memoryLog } from "../src/record/event-log.ts";
import { journalOf } from "../src/record/journal.ts";
import { journaledModel, journaledScripts } from "../src/record/journaled.ts";
import type { Ledger } from "../src/record/ledger.ts";
import { digitsAnswer } from "../tests/support/digits-answers.ts";
import { readTask } from "../tools/read-task/read-task.ts";

/**
 * Prints the tokens of one full run at the paper's settings (M=4 T=4 K=4 L=2 R=5) on the digits, per agent and per stage, with
 * scripted answers, for each script that was scored, and the share of them that begins as a question asked before: what a
 * provider can cache. Tokens are estimated as characters / 4.
 */

const tokens = (text: string) => Math.ceil(text.length / 4);

const asked: string[] = [];
let seenBefore = 0;

/** How many of its first characters an earlier question began with. */
const shared = (text: string) =>
  Math.max(
    0,
    ...asked.map((other) => {
      let same = 0;
      while (same < text.length && text[same] === other[same]) same += 1;
      return same;
    }),
  );

const scripted: Chat = async ({ messages }) => {
  const prompt = messages.map(({ text }) => text).join("\n");
  seenBefore += shared(prompt) / 4;
  asked.push(prompt);
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
  const ending = {
    ok: true,
    outcome: "ok" as const,
    exitCode: 0,
    stderr: "",
    seconds: 20,
    origin: "ran" as const,
  };
  return { id, ...ending, stdout, submission };
}

async function run(language: LanguageModel): Promise<Ledger> {
  const { draft } = await readTask("examples/digits");
  const journal = journalOf(memoryLog());
  const packages = ["numpy", "pandas", "scipy", "scikit-learn", "lightgbm", "xgboost", "catboost"];
  const workbench = {
    pythonVersion: "3.11.9",
    packages: packages.map((name) => ({ name, version: "1.0.0" })),
    cpus: 4,
    memoryMb: 16_384,
    gpu: null,
  };
  const settings = Settings.parse({});
  const folder = mkdtempSync(join(tmpdir(), "mle-star-tokens-"));
  const { usageOf } = language;
  const ports: Ports = {
    settings,
    isBuiltIn: false,
    isCapped: () => false,
    model: journaledModel(language, { journal, folder, usageOf, clock: () => 0 }),
    runPython: journaledScripts(scored, journal),
    searchWeb: null,
    lookSeconds: null,
    journal,
    budget: () => null,
    layGround: async () => {},
    measuring: () => null,
    prepared: () => ({
      ...{ draft, workbench, ground: null },
      task: completeTask({ ...draft, ...journal.ledger.task }),
    }),
    agreement: async () => 1,
    baseline: () => null,
    finish: async () => {},
  };
  await mleStarGraph(ports).invoke(
    { folder: "examples/digits" },
    { recursionLimit: 1000, context: contextOf(settings) },
  );
  return journal.ledger;
}

const ledger = await run(languageModelOn(() => scripted));
const { calls, agents, stages } = totalsOf(ledger);
const row = (name: string, { calls, inputTokens, outputTokens }: CallCost) =>
  console.log(
    `${name.padEnd(20)}${String(calls).padStart(6)} calls${String(inputTokens).padStart(9)} in${String(outputTokens).padStart(8)} out`,
  );
for (const cost of [...agents, ...stages]) row(cost.name, cost);
row("in all", calls);
const scripts = ledger.attempts.filter(({ score }) => score !== null).length;
const told = calls.inputTokens ?? 0;
const share = Math.round((100 * seenBefore) / told);
console.log(
  `${scripts} scored scripts, ${Math.round(told / scripts)} in for each; ${share} % of it seen before`,
);
