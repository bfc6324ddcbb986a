import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { agentOfPrompt } from "../support/agent-of-prompt.ts";
import { mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { NO_DEEP_PYTHON, NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { fenced } from "../support/scripted-model.ts";

const FIXTURES = resolve("tests/fixtures/pictures");
const solution = readFileSync(join(FIXTURES, "solution.py"), "utf8");
const SOLVERS = [
  { model: "Regression", python: sciencePython(), reason: NO_SCIENCE_PYTHON, accuracy: 0.85 },
  {
    model: "Net",
    python: sciencePython("pandas, sklearn, torch"),
    reason: NO_DEEP_PYTHON,
    accuracy: 0.93,
  },
];

const answer = (prompt: string, model: string): string => {
  const agent = agentOfPrompt(prompt);
  if (agent === "explorer") return fenced("print('pictures of 16 x 16 pixels')");
  if (agent === "retriever")
    return JSON.stringify({
      models: [
        { name: model, description: "Suits small pictures.", exampleCode: "model.fit(x, y)" },
      ],
    });
  if (agent === "initializer") return fenced(solution.replace("MODEL = Net", `MODEL = ${model}`));
  if (agent === "leakage-checker")
    return '{"leaks": false, "explanation": "Each fold is predicted by models that never saw it.", "block": "", "correction": ""}';
  throw new Error(`nothing to answer the ${agent} with: ${prompt.slice(0, 200)}`);
};

const labels = (file: string) => readFileSync(file, "utf8").trim().split("\n").slice(1);

for (const { model, python, reason, accuracy } of SOLVERS)
  test(`a folder of pictures is learned from and answered by a script: ${model}`, async ({
    skip,
  }) => {
    if (python === null) return skip(reason);
    const home = mkdtempSync(join(tmpdir(), "mle-star-pictures-"));
    execFileSync(python, [join(FIXTURES, "make_task.py"), join(home, "task")]);
    const prompts: string[] = [];
    await using server = await fakeOpenaiServer(({ messages }) => {
      const prompt = messages.map(({ content }) => content).join("\n");
      prompts.push(prompt);
      return { text: answer(prompt, model) };
    });
    const words = `run task --run-id pictures --models 1 --tracks 1 --outer-steps 0 --ensemble-rounds 0 --debug-rounds 0
      --no-data-usage-check --search none --python ${python} --json --model vllm:one --base-url ${server.url}/v1`;
    const around = { cwd: home, environment: { VLLM_API_KEY: "none" } };
    const { exitCode, stderr } = await mleStar(words.split(/\s+/), around);
    expect(stderr).not.toMatch(/Error/);
    expect(exitCode).toBe(0);

    const ledger = Ledger.of(readEvents(join(home, "runs", "pictures", "scratchpad.jsonl")));
    expect(ledger.ground).toMatchObject({ mode: "holdout" });
    expect(ledger.best?.score).toBeGreaterThan(accuracy);
    const answered = labels(join(home, "runs", "pictures", "best", "submission.csv"));
    const truth = labels(join(home, "task-answers.csv"));
    expect(answered).toHaveLength(truth.length);
    const right = answered.filter((line, index) => line === truth[index]).length;
    expect(right / truth.length).toBeGreaterThan(accuracy);
    expect(prompts.join("\n")).toContain(model === "Net" ? "torch 2" : "pillow");
  });
