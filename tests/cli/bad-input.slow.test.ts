import { chmodSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { mleStar } from "../support/command-line.ts";

const TASK = "Predict `y`. Metric: RMSE (lower is better).\n";
const TRAIN = "id,x,y\n1,2,3.5\n2,3,4.5\n3,4,5.25\n";
const TEST = "id,x\n4,5\n5,6\n";
const SAMPLE = "id,y\n4,0\n5,0\n";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "mle-star-bad-"));
});

function taskFolder(files: Record<string, string | Buffer>): string {
  mkdirSync(join(home, "task"), { recursive: true });
  const all = {
    "task.md": TASK,
    "train.csv": TRAIN,
    "test.csv": TEST,
    "sample_submission.csv": SAMPLE,
    ...files,
  };
  for (const [name, content] of Object.entries(all))
    if (content !== "") writeFileSync(join(home, "task", name), content);
  return "task";
}

const run = (...words: string[]) =>
  mleStar(["run", ...words], { cwd: home, environment: { MLE_STAR_HOME: home } });

async function refused(end: ReturnType<typeof run>, pattern: RegExp) {
  const { exitCode, stdout, stderr } = await end;
  expect(stderr).toMatch(pattern);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(readdirSync(home).filter((name) => name !== "task" && name !== "locked")).toEqual([]);
}

test.each([
  { what: "no description", files: { "task.md": "" }, says: /description/ },
  {
    what: "no data",
    files: { "train.csv": "", "test.csv": "", "sample_submission.csv": "" },
    says: /data/,
  },
  {
    what: "an unreadable table",
    files: { "train.csv": "id,x,y\n1,2\n3,4,5,6,7\n" },
    says: /train\.csv/,
  },
  {
    what: "a binary table",
    files: { "train.csv": Buffer.from([0, 1, 2, 0, 255, 254, 0, 10]) },
    says: /train\.csv/,
  },
  {
    what: "a target that is not in train",
    files: { "task.yaml": "target: z\n" },
    says: /"?z"?.*train/,
  },
  { what: "an unknown metric", files: { "task.yaml": "metric: quality\n" }, says: /direction/ },
  { what: "no metric at all", files: { "task.md": "Predict `y`.\n" }, says: /metric/ },
  {
    what: "a sample that does not match",
    files: { "sample_submission.csv": "id,y\n4,0\n" },
    says: /sample_submission\.csv/,
  },
  { what: "a task for other models", files: { "task.yaml": "modality: other\n" }, says: /--model/ },
])("$what is refused in one sentence, and nothing is left behind", ({ files, says }) =>
  refused(run(taskFolder(files as Record<string, string | Buffer>)), says),
);

test("a missing folder is named", () => refused(run("nowhere"), /nowhere/));

test("an unknown model is refused", () =>
  refused(run(taskFolder({}), "--model", "nobody:nothing"), /nobody/));

test("a setting out of bounds is refused", () =>
  refused(run(taskFolder({}), "--models", "0"), /models/));

test.each([
  { words: ["--instructions", "x".repeat(4001)], says: /instructions: .*4,000 characters/ },
  { words: ["--instructions-file", "gone.md"], says: /gone\.md: it cannot be read/ },
  {
    words: ["--instructions", "x", "--instructions-file", "y"],
    says: /instructions-file <file>. cannot be used with/,
  },
])("instructions that cannot be given are refused: $says", ({ words, says }) =>
  refused(run(taskFolder({}), ...words), says),
);

test.each([
  { what: "is not there", text: null, says: /task\/own\.md: it cannot be read/ },
  { what: "is empty", text: "\n", says: /task\/own\.md: .*heading/ },
  { what: "has no code", text: "# Lonely\n\nA model.\n", says: /task\/own\.md: .*Lonely.*code/ },
  {
    what: "has no heading",
    text: "A model.\n\n```python\nfit()\n```\n",
    says: /own\.md: .*heading/,
  },
])("a file of models that $what is refused", ({ text, says }) => {
  taskFolder({});
  if (text !== null) writeFileSync(join(home, "task", "own.md"), text);
  return refused(run("task", "--models-file", "task/own.md"), says);
});

test("an unknown preset lists the known", () =>
  refused(run(taskFolder({}), "--preset", "slow"), /--preset: .*quick.*standard.*paper/));

test("a runs folder that cannot be written is refused", () => {
  writeFileSync(join(home, "locked"), "a file, not a folder");
  chmodSync(join(home, "locked"), 0o400);
  return refused(run(taskFolder({}), "--runs-dir", "locked/runs"), /locked\/runs/);
});

test("a run id that exists is refused, and the run left alone", async () => {
  mkdirSync(join(home, "runs", "mine"), { recursive: true });
  const { exitCode, stderr } = await run(taskFolder({}), "--run-id", "mine");
  expect({ exitCode, left: readdirSync(join(home, "runs", "mine")) }).toEqual({
    exitCode: 2,
    left: [],
  });
  expect(stderr).toMatch(/mine/);
});

test("resuming an unknown run is refused", async () => {
  const { exitCode, stderr } = await mleStar(["resume", "gone"], { cwd: home });
  expect({ exitCode, sentences: stderr.trim().split("\n").length }).toEqual({
    exitCode: 2,
    sentences: 1,
  });
  expect(readdirSync(home)).toEqual([]);
});
