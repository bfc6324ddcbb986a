import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { SettingsError } from "../../src/core/errors.ts";
import { createRun, listRuns, readRun } from "../../src/record/run-record.ts";
import { makeRun } from "../support/make-run.ts";

let runs = "";
beforeEach(() => {
  runs = makeRun("toy");
});
const edit = (text: string) => writeFileSync(join(runs, "toy", "run.json"), text);
const recordWith = (changes: object) =>
  JSON.stringify({
    ...JSON.parse(readFileSync(join(runs, "toy", "run.json"), "utf8")),
    ...changes,
  });

test.each([
  {
    what: "of a newer version",
    text: () => recordWith({ version: "9.1.0", model: { name: "openai:x" } }),
    says: /run\.json: model is not what this version .* from version 9\.1\.0, use that one/,
  },
  { what: "cut off", text: () => '{"runId": "to', says: /run\.json: it cannot be read as JSON/ },
])("a record $what is refused in a sentence, and hides no other run", ({ text, says }) => {
  createRun(runs, { ...readRun(runs, "toy"), runId: "other" });
  edit(text());
  expect(() => readRun(runs, "toy")).toThrow(SettingsError);
  expect(() => readRun(runs, "toy")).toThrow(says);
  const problems: string[] = [];
  const known = listRuns(runs, (problem) => void problems.push(problem));
  expect(known.map(({ runId }) => runId)).toEqual(["other"]);
  expect(problems).toEqual([expect.stringMatching(says)]);
});

test("a run folder that could not be filled is not there", () => {
  const record = { ...readRun(runs, "toy"), runId: "new" };
  expect(() =>
    createRun(runs, record, (folder) => {
      mkdirSync(join(folder, "calls"));
      throw new SettingsError("no such step");
    }),
  ).toThrow("no such step");
  expect(readdirSync(runs)).toEqual(["toy"]);
});

test("of two runs of one name that are made at once, the second is refused", () => {
  const record = { ...readRun(runs, "toy"), runId: "new" };
  expect(() => createRun(runs, record, () => void createRun(runs, record))).toThrow(/it exists in/);
  expect(existsSync(join(runs, "new", "run.json"))).toBe(true);
});

test("a runs folder that takes nothing is named", () => {
  const file = join(mkdtempSync(join(tmpdir(), "mle-star-record-")), "file");
  writeFileSync(file, "");
  expect(() => createRun(file, readRun(runs, "toy"))).toThrow(/no run can be made there/);
});
