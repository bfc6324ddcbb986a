import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { submissions } from "../../../tools/check-submission/check-submission.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder, rentTask } from "../read-task/make-folder.ts";

/** About as much as is read of a small submission. */
const MOST = 2 ** 20;

const repeated = (path: string, unit: string, head = "") =>
  writeFileSync(path, head + unit.repeat(MOST / unit.length));

const HEAD = "id,rent\n";
const HOSTILE: Record<string, (path: string) => void> = {
  "a gigabyte of holes": (path) => {
    writeFileSync(path, HEAD);
    truncateSync(path, 2 ** 30);
  },
  "a header of very many columns": (path) =>
    writeFileSync(path, Array.from({ length: 200_000 }, (_, index) => `c${index}`).join()),
  "a header without an end": (path) => repeated(path, "x"),
  "one line of very many cells": (path) => repeated(path, "1,", HEAD),
  "one cell without an end": (path) => repeated(path, "9", HEAD),
  "a quote that is never closed": (path) => repeated(path, '"x\n",', HEAD),
  "very many rows": (path) => repeated(path, "1,2\n", HEAD),
  "very many empty lines": (path) => repeated(path, "\n", HEAD),
  "very long cells": (path) => {
    const long = "z".repeat(MOST / 3);
    writeFileSync(path, `${HEAD}5,${long}\n6,${long}\n`);
  },
  "very long ids": (path) => {
    const long = "7".repeat(MOST / 3);
    writeFileSync(path, `${HEAD}${long},1\n${long},2\n`);
  },
  "bytes that are no text": (path) => writeFileSync(path, Buffer.from([0xff, 0xfe, 0, 10, 0xc3])),
  "another encoding": (path) => writeFileSync(path, Buffer.from(`${HEAD}5,é\n`, "latin1")),
  "numbers that are none": (path) => writeFileSync(path, `${HEAD}5,nan\n6,-inf\n`),
};

test.each(Object.entries(HOSTILE))("%s: a finding about the script", async (_, write) => {
  const { check, agreement } = submissions(await readTask(makeFolder(rentTask)));
  const path = join(makeFolder({}), "submission.csv");
  write(path);
  const checked = await check(path);
  expect(checked?.valid).toBe(false);
  expect(checked?.problem).toMatch(/submission\.csv/);
  expect(checked?.problem?.length).toBeLessThan(1100);
  await expect(agreement(path, path)).resolves.toSatisfy(
    (value) => value === null || typeof value === "number",
  );
});
