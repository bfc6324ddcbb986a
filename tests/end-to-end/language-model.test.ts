import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { mleStar } from "../support/command-line.ts";
import { digitsAnswer } from "../support/digits-answers.ts";
import { fakeGeminiServer } from "../support/fake-gemini-server.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { fakeSearxng, PAGE_WITH_ORDERS } from "../support/fake-searxng.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-language-"));
cpSync("examples/digits", join(home, "digits"), { recursive: true });
// In words that no rule reads, so that the task analyst is asked as well.
const description = readFileSync("examples/digits/task.md", "utf8").replace(
  /Metric: accuracy.*\n/,
  "What counts is how many of the pictures are named rightly.\n",
);
writeFileSync(join(home, "digits", "task.md"), description);

const run = (id: string, ...words: string[]) =>
  `run digits --preset quick --models 2 --json --run-id ${id}`.split(" ").concat(words);
const resultOf = (stdout: string) => JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
const eventsOf = (id: string) => readEvents(join(home, "runs", id, "scratchpad.jsonl"));
const scores = (id: string) =>
  ofType(eventsOf(id), "candidate")
    .map(({ at, score }) => `${at} ${score}`)
    .toSorted();

const agentsOf = (id: string) =>
  [...new Set(ofType(eventsOf(id), "call").map(({ agent }) => agent))].toSorted();
const ALL = [
  "ablator",
  "coder",
  "data-usage-checker",
  "debugger",
  "ensemble-planner",
  "ensembler",
  "explorer",
  "extractor",
  "initializer",
  "leakage-checker",
  "merger",
  "planner",
  "query-writer",
  "retriever",
  "submitter",
  "summarizer",
  "task-analyst",
];

const but = (...left: string[]) => ALL.filter((agent) => !left.includes(agent));

/** Where predictions are blended, no script is joined or written for the submission; the model's own choice comes before an ablation. */
const BLENDED = but("merger", "submitter", "ablator", "summarizer");
/** The paper knows no look at the data before the first solution. */
const PAPER = but("explorer");

test("a run by an OpenAI-compatible server ends in a submission, and is replayed without it", async () => {
  await using search = await fakeSearxng(PAGE_WITH_ORDERS);
  const environment = { VLLM_API_KEY: "sk-very-secret", SEARXNG_API_BASE: search.url };
  // It echoes the key where nobody reads it: in the remarks around its answers.
  const server = await fakeOpenaiServer(({ messages }) => {
    const text = digitsAnswer(messages[0]?.content ?? "");
    return { text: text.startsWith("{") ? text : `You sent sk-very-secret.\n${text}` };
  });
  const choice = ["--model", "vllm:middling", "--base-url", `${server.url}/v1`, "--private-pages"];
  const first = await mleStar(run("recorded", ...choice), {
    cwd: home,
    environment,
  });
  await server[Symbol.asyncDispose]();
  expect(first.stderr).not.toMatch(/Error/);
  expect(first.exitCode).toBe(0);
  const result = resultOf(first.stdout);
  expect(result).toMatchObject({ type: "result", metric: "accuracy" });
  expect(result.score).toBeGreaterThan(0.95);
  expect(result.tokens).toBeGreaterThan(1000);
  expect(agentsOf("recorded")).toEqual(BLENDED);
  expect(existsSync(result.submission)).toBe(true);
  const stored = spawnSync("grep", ["-rlaF", "sk-very-secret", join(home, "runs/recorded")]);
  expect(stored.stdout.toString()).toBe("");
  expect(`${first.stdout}${first.stderr}`).not.toContain("sk-very-secret");

  const again = await mleStar(run("replayed", "--replay", "runs/recorded"), { cwd: home });
  expect(again.stderr).not.toMatch(/Error/);
  expect(again.exitCode).toBe(0);
  expect(scores("replayed")).toEqual(scores("recorded"));
});

test("a run by a Gemini-compatible server ends in a submission", async () => {
  await using server = await fakeGeminiServer(({ contents }) => ({
    text: digitsAnswer(contents[0]?.parts[0]?.text ?? ""),
  }));
  await using search = await fakeSearxng(PAGE_WITH_ORDERS);
  const environment = {
    GEMINI_API_KEY: "key",
    GOOGLE_GENAI_BASE_URL: server.url,
    SEARXNG_API_BASE: search.url,
  };
  const choice = "--model google-genai:gemini-2.5-flash --private-pages --method paper";
  const words = choice.split(" ");
  const { exitCode, stdout } = await mleStar(run("gemini", ...words), { cwd: home, environment });
  expect(exitCode).toBe(0);
  expect(resultOf(stdout).score).toBeGreaterThan(0.95);
  expect(agentsOf("gemini")).toEqual(PAPER);
  expect(resultOf(stdout).costUsd).toBeGreaterThan(0);
});
