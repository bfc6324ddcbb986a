import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { modelsToMarkdown } from "../../src/core/words/models-markdown.ts";
import type { Attempt } from "../../src/record/attempt.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { agentOfPrompt } from "../support/agent-of-prompt.ts";
import { mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { fenced } from "../support/scripted-model.ts";
import { FIXTURES, type Script, scriptsIn } from "../tools/measure/leaks/judged-scripts.ts";

const TASKS = ["series", "wide", "ordered", "groups", "classes", "plain"];
/** Elsewhere those of three speak for the others. */
const QUICK = ["series", "ordered", "groups"];
const SLOW = "all of them take some minutes: set MLE_STAR_SLOW_TESTS";
const slow = process.env["MLE_STAR_SLOW_TESTS"] !== undefined;
const [planted, honest] = [scriptsIn("planted"), scriptsIn("honest")];
const python = sciencePython();
const home = mkdtempSync(join(tmpdir(), "mle-star-leaking-"));

beforeAll(() => {
  if (python !== null) execFileSync(python, [join(FIXTURES, "make_tasks.py"), join(home, "tasks")]);
});

/** A run in which a model answers with these scripts, each as a model of its own, and finds no leak in any. */
async function runOf(task: string, id: string, scripts: readonly Script[]): Promise<Ledger> {
  await using server = await fakeOpenaiServer(({ messages }) => ({
    text: answer(messages[0]?.content ?? "", scripts),
  }));
  const models = scripts.map(({ name }) => ({
    ...{ name, description: "Suits a small table.", exampleCode: "model.fit(X, y)", sources: [] },
  }));
  writeFileSync(join(home, `${id}.md`), modelsToMarkdown(models));
  const words = `run tasks/${task}/task --run-id ${id} --models-file ${id}.md --models ${scripts.length}
    --tracks 1 --outer-steps 0 --ensemble-rounds 0 --debug-rounds 0 --no-data-usage-check --search none
    --python ${python} --keep-predictions --json --model vllm:blind --base-url ${server.url}/v1`;
  const around = { cwd: home, environment: { VLLM_API_KEY: "none" } };
  const { exitCode, stderr } = await mleStar(words.split(/\s+/), around);
  expect(stderr).not.toMatch(/Error/);
  expect(exitCode).toBe(0);
  return Ledger.of(readEvents(join(home, "runs", id, "scratchpad.jsonl")));
}

function answer(prompt: string, scripts: readonly Script[]): string {
  const agent = agentOfPrompt(prompt);
  const asked = scripts.find(({ name }) => new RegExp(`^${name}$`, "m").test(prompt));
  if (agent === "explorer") return fenced('print("a small table")');
  if (agent === "initializer" && asked !== undefined) return fenced(asked.text);
  if (agent === "leakage-checker")
    return '{"leaks": false, "explanation": "It splits first.", "block": "", "correction": ""}';
  throw new Error(`nothing to answer the ${agent} with: ${prompt.slice(0, 200)}`);
}

/** What names a leak: alarms of its attempt, and what the view or the sandbox kept from it. */
function namesOf(ledger: Ledger, { run, problem }: Attempt): string[] {
  const alarms = ledger.alarms.filter(({ runId }) => runId === run?.id);
  const leftOut = ledger.ground?.leftOut.map(({ path }) => path) ?? [];
  const isKept = ["lies outside", ...leftOut].some((words) => problem?.includes(words));
  return [...alarms.map(({ kind }) => kind), ...(isKept ? ["view"] : [])];
}

/** The scripts that the best and the result are made of. */
function standing({ best, handedOut, attempts }: Ledger): string[] {
  const titles = new Map(attempts.map(({ run, title }) => [run?.id, title]));
  return [best, handedOut].flatMap((one) =>
    one?.blend ? one.blend.map(({ runId }) => titles.get(runId) ?? runId) : [one?.title ?? "none"],
  );
}

const of = (task: string, scripts: Script[]) => scripts.filter((script) => script.task === task);
const ORDERS = [
  { first: "planted", scripts: (task: string) => [...of(task, planted), ...of(task, honest)] },
  { first: "honest", scripts: (task: string) => [...of(task, honest), ...of(task, planted)] },
];

for (const task of TASKS)
  for (const { first, scripts: inOrder } of ORDERS)
    test(`${task}, the ${first} first: each planted leak is named, none counts, and all honest scripts do`, async ({
      skip,
    }) => {
      skip(python === null, NO_SCIENCE_PYTHON);
      skip(!slow && !(QUICK.includes(task) && first === "planted"), SLOW);
      const scripts = inOrder(task);
      const ledger = await runOf(task, `${task}-${first}`, scripts);
      // A false claim is named, and what counts is the measured score.
      const counts = ({ namedBy }: Script) => namedBy.length === 0 || namedBy.includes("claim");
      const mayStand = scripts.filter(counts).map(({ name }) => name);
      expect(mayStand).toEqual(expect.arrayContaining(standing(ledger)));
      for (const script of scripts) {
        const { name, namedBy } = script;
        const attempt = ledger.attempts.find(({ title }) => title === name);
        const names = attempt === undefined ? [] : namesOf(ledger, attempt);
        expect.soft(attempt?.score != null, `${name} counts`).toBe(counts(script));
        expect.soft(names.length > 0, `${name} is named by: ${names}`).toBe(namedBy.length > 0);
      }
    });
