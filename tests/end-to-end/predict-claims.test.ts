import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agentOfPrompt } from "../support/agent-of-prompt.ts";
import { mleStar } from "../support/command-line.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../support/science-python.ts";
import { fenced } from "../support/scripted-model.ts";

const python = sciencePython();

const MAKE_TASK = `import pandas as pd
rows = pd.DataFrame({"id": range(400), "size": [at % 37 for at in range(400)], "age": [at % 11 for at in range(400)]})
train = rows[:300].assign(price=lambda table: 3 * table["size"] - table.age)
train.to_parquet("train.parquet")
rows[300:].to_parquet("test.parquet")
rows[300:][["id"]].assign(price=0).to_csv("sample_submission.csv", index=False)
`;

const SOLUTION = `import pandas as pd
from sklearn.linear_model import LinearRegression
train, test = (pd.read_csv(f"./input/{name}.csv") for name in ("train", "test"))
columns = ["size", "age"]
model = LinearRegression().fit(train[columns][:200], train.price[:200])
error = (model.predict(train[columns][200:]) - train.price[200:]).abs().mean()
print(f"Final Validation Performance: {error}")
test[["id"]].assign(price=model.predict(test[columns]).round(6)).to_csv("./final/submission.csv", index=False)
`;

const answer = (prompt: string): string => {
  const agent = agentOfPrompt(prompt);
  if (agent === "retriever")
    return JSON.stringify({
      models: [{ name: "Line", description: "Fits.", exampleCode: "model.fit(x, y)" }],
    });
  if (agent === "initializer" || agent === "submitter") return fenced(SOLUTION);
  if (agent === "leakage-checker")
    return '{"leaks": false, "explanation": "None.", "block": "", "correction": ""}';
  throw new Error(`nothing to answer the ${agent} with: ${prompt.slice(0, 200)}`);
};

test("a language model's script whose score nobody measured predicts new rows, from tables that were converted", async ({
  skip,
}) => {
  if (python === null) return skip(NO_SCIENCE_PYTHON);
  const home = mkdtempSync(join(tmpdir(), "mle-star-claims-"));
  const task = join(home, "task");
  mkdirSync(task);
  execFileSync(python, ["-c", MAKE_TASK], { cwd: task });
  writeFileSync(join(task, "task.md"), "Predict the price.\n");
  writeFileSync(join(task, "task.yaml"), "metric: fairness\ndirection: minimize\n");
  await using server = await fakeOpenaiServer(({ messages }) => ({
    text: answer(messages.map(({ content }) => content).join("\n")),
  }));
  const words = `run task --run-id line --models 1 --tracks 1 --outer-steps 0 --ensemble-rounds 0 --debug-rounds 0 --no-explore
    --no-data-usage-check --search none --python ${python} --quiet --model vllm:one --base-url ${server.url}/v1`;
  const around = { cwd: home, environment: { VLLM_API_KEY: "none" } };
  const end = await mleStar(words.split(/\s+/), around);
  expect(end).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/not measured/) });

  expect(await mleStar(["export", "line", "own"], around)).toMatchObject({ exitCode: 0 });
  expect(existsSync(join(home, "own", "input", "train.csv"))).toBe(true);
  expect(readFileSync(join(home, "own", "MODEL_CARD.md"), "utf8")).toMatch(/printed by the script/);
  writeFileSync(join(home, "new.csv"), "age,size\n1,100\n2,50\n");
  const predicted = "price\n299.0\n148.0\n";
  const own = execFileSync(python, ["-I", "own/predict.py", "new.csv"], { cwd: home });
  expect(own.toString()).toBe(predicted);
  const again = await mleStar(["predict", "line", "new.csv"], around);
  expect(again).toMatchObject({ exitCode: 0, stdout: predicted });
  expect(again.stderr).toMatch(/trained anew: its scripts keep nothing/);
  writeFileSync(join(home, "new.csv"), "age\n1\n");
  expect(await mleStar(["predict", "line", "new.csv"], around)).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: expect.stringMatching(/^new\.csv: it lacks "size"/m),
  });
});
