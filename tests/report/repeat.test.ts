import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { Settings } from "../../src/core/settings.ts";
import { readRun } from "../../src/record/run-record.ts";
import { repeatCommand } from "../../src/report/facts/repeat.ts";
import { makeRun } from "../support/make-run.ts";

const record = readRun(makeRun("toy"), "toy");

test("only the settings that differ from the paper's are told", () => {
  const settings = Settings.parse({ seed: 7, leakageCheck: false });
  expect(repeatCommand({ ...record, settings })).toBe(
    "npm run mle-star -- run '/data/toy task' --model offline --preset paper --no-leakage-check --seed 7",
  );
});

test("caps, models and search are told as they were given", () => {
  const caps = { ...record.caps, seconds: 900, usd: 2.5 };
  const choice = { ...record.choice, modelFor: { coder: "openai:x" }, search: "tavily" };
  expect(repeatCommand({ ...record, caps, choice })).toContain(
    "--preset paper --inner-steps 2 --time 900s --max-cost 2.5 --model-for coder=openai:x --search tavily",
  );
});

test("a shell reads back the folder, whatever its name", () => {
  const folder = "/data/it's $(echo no) `x`";
  const command = repeatCommand({ ...record, task: { ...record.task, folder } });
  const printed = execFileSync("sh", [
    "-c",
    command.replace("npm run mle-star -- run", "printf %s\\\\n"),
  ]);
  expect(printed.toString().split("\n")[0]).toBe(folder);
});
