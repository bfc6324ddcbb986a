import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Inspection } from "../../src/report/inspection.ts";
import { mleStar } from "../support/command-line.ts";
import { makeFolder } from "../tools/read-task/make-folder.ts";

const ROWS = 240;
const FEATURES = ["patient", "clinic", "seen", "size"];

/** Tumours of patients from clinics that the test table does not share. */
const line = (row: number, isTest: boolean) => [
  `P${row}`,
  `${isTest ? "t" : "c"}${row % 24}`,
  `${1 + (row % 28)}/${1 + (row % 12)}/2021`,
  (row * 7919) % 101,
];
const rows = (count: number, from: number, cells: (row: number) => readonly unknown[]) =>
  Array.from({ length: count }, (_, row) => cells(from + row).join(",")).join("\n");

const tumours = () =>
  makeFolder({
    "task.md": "# Tumours\n\nGive the probability that the tumour is malignant.\n\nMetric: AUC.\n",
    "train.csv": `${FEATURES},finding\n${rows(ROWS, 0, (row) => [...line(row, false), row % 3 === 0 ? "benign" : "malignant"])}\n`,
    "test.csv": `${FEATURES}\n${rows(80, ROWS, (row) => line(row, true))}\n`,
    "sample_submission.csv": `patient,finding\n${rows(80, ROWS, (row) => [`P${row}`, 0.5])}\n`,
    "clinics.csv": `clinic,beds\n${rows(24, 0, (clinic) => [`c${clinic}`, 10 + clinic])}\n`,
  });

const inspect = async (folder: string, ...words: string[]) =>
  mleStar(["inspect", folder, ...words], { cwd: folder, environment: { MLE_STAR_HOME: folder } });

const inspected = async (folder: string, ...words: string[]) => {
  const { stdout, stderr, exitCode } = await inspect(folder, ...words, "--json");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  return Inspection.strict().parse(JSON.parse(stdout));
};

test("tells what is understood and what a run takes, and leaves nothing behind", async () => {
  const folder = tumours();
  const before = readdirSync(folder);
  const [{ stdout, exitCode }, seen] = [await inspect(folder), await inspected(folder)];
  expect(exitCode).toBe(0);
  expect(readdirSync(folder)).toEqual(before);
  const told = (about: string) => stdout.split("\n").filter((one) => one.startsWith(`  ${about} `));
  expect(told("--target")[0]).toMatch(/finding, one of benign, malignant/);
  expect(told("--positive")[0]).toMatch(/malignant \(the description says/);
  expect(told("--metric")[0]).toMatch(/roc_auc, higher is better/);
  expect(told("--id")[0]).toMatch(/patient/);
  expect(told("--split")[0]).toMatch(/group by clinic: .*clinic/);
  expect(told("dates")).toEqual([expect.stringMatching(/seen: day first/)]);
  expect(told("side table")).toEqual([
    expect.stringMatching(/clinics\.csv: 24 rows, joins by clinic/),
  ]);
  expect(told("unit:")[0]).toMatch(/240 rows to learn from, 80 rows asked for/);
  expect(told("--holdout")[0]).toMatch(/none: /);
  expect(told("scripts")[0]).toMatch(/up to \d+, each at most 10 min/);
  expect(told("--model")[0]).toMatch(/costs nothing/);
  expect(seen).toMatchObject({
    targets: [{ name: "finding", kind: "binary", positive: "malignant" }],
    ids: ["patient"],
    ground: { positive: "malignant", split: { kind: "group", by: "clinic" } },
    expected: { calls: 0, usd: 0 },
    obstacle: null,
  });
});

test("flags put it right, over task.yaml", async () => {
  const flags = ["--positive", "benign", "--metric", "log_loss", "--split", "random"];
  const seen = await inspected(tumours(), ...flags, "--drop", "seen,size");
  expect(seen).toMatchObject({
    targets: [{ positive: "benign" }],
    metric: "log_loss",
    direction: "minimize",
    reasons: { positive: "from --positive", metric: "from --metric" },
    ground: { positive: "benign", split: { kind: "random", by: null } },
    dates: [],
  });
  expect(seen.ignored).toContainEqual({ column: "seen", note: "as you wish" });
});

test("with a language model it tells calls, tokens and money, and what is in the way", async () => {
  const words = ["--model", "openai:gpt-5-mini", "--preset", "quick", "--max-cost", "0.05"];
  const { expected, obstacle } = await inspected(tumours(), ...words);
  expect(expected.calls).toBeGreaterThan(10);
  expect(expected.usd).toBe(0.05);
  expect(obstacle).toMatch(/OPENAI_API_KEY/);
});

test.each([
  {
    flag: "--target",
    value: "height",
    says: /^--target: "height" is no column of train\.csv; .*finding$/,
  },
  {
    flag: "--positive",
    value: "odd",
    says: /^--positive: "odd" is no class; .* benign, malignant$/,
  },
  { flag: "--id", value: "number", says: /^--id: "number" is no column of .* patient, finding$/ },
  {
    flag: "--split",
    value: "sideways",
    says: /^--split: it is random, stratified, group:<column>/,
  },
  {
    flag: "--split",
    value: "time:day",
    says: /^--split: "day" is no column of train\.csv; .*clinic/,
  },
])("$flag $value is refused in one sentence, with what there is", async ({ flag, value, says }) => {
  const { exitCode, stdout, stderr } = await inspect(tumours(), flag, value);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr.trim()).toMatch(says);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
