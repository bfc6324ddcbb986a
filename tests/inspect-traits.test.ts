import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NO_SCIENCE_PYTHON, sciencePython } from "./support/science-python.ts";
import { COLUMN_TRAITS, DATE_TRAITS } from "./support/traits/columns.ts";
import { FILE_TRAITS, SHAPE_TRAITS } from "./support/traits/files.ts";
import { inspected } from "./support/traits/inspected.ts";
import type { Trait } from "./support/traits/trait.ts";

const TRAITS: readonly Trait[] = [
  ...COLUMN_TRAITS,
  ...DATE_TRAITS,
  ...FILE_TRAITS,
  ...SHAPE_TRAITS,
];
const python = sciencePython("pandas");

/** A sandbox that reads a file takes a second or more. */
const PATIENCE_MS = 120_000;

for (const { trait, does, files, tells, isConverted = false } of TRAITS)
  test.skipIf(isConverted && python === null)(
    `${trait}: ${does}${isConverted ? ` (${NO_SCIENCE_PYTHON})` : ""}`,
    async () => {
      const told = await inspected(files, python);
      if ("refused" in tells) expect(told).toMatch(tells.refused);
      else for (const line of tells) expect(told).toMatch(line);
    },
    PATIENCE_MS,
  );

test("the page about data has every one of these folders in its table", () => {
  const page = readFileSync("docs/data.md", "utf8");
  const rows = TRAITS.map(({ trait, does }) => `| ${trait} | ${does} |`);
  expect(page.split("\n").filter((line) => rows.includes(line))).toEqual(rows);
});
