import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { NO_SCIENCE_PYTHON, sciencePython } from "../../../support/science-python.ts";
import { type Judged, judge, scriptsIn } from "./judged-scripts.ts";

/** All of them take a minute or two: elsewhere those of two tasks speak for the others. */
const QUICK = ["series", "wide"];
const slow = process.env["MLE_STAR_SLOW_TESTS"] !== undefined;
const chosen = (kind: "planted" | "honest") =>
  scriptsIn(kind).filter(({ task }) => slow || QUICK.includes(task));

const planted = chosen("planted");
const honest = chosen("honest");
const python = sciencePython();
const judged = new Map<string, Judged>();

beforeAll(async () => {
  if (python === null) return;
  const folder = mkdtempSync(join(tmpdir(), "mle-star-leaks-"));
  for (const found of await judge(python, folder, [...planted, ...honest]))
    judged.set(found.script.name, found);
}, 1_200_000);

test("there are twenty of each kind", () => {
  expect(scriptsIn("planted").length).toBeGreaterThanOrEqual(20);
  expect(scriptsIn("honest").length).toBeGreaterThanOrEqual(20);
});

for (const { name, namedBy } of planted)
  test(`${name} is named by: ${namedBy.join(", ")}; and it is never the best`, ({ skip }) => {
    skip(python === null, NO_SCIENCE_PYTHON);
    const { failed, alarms } = judged.get(name) ?? { failed: "", alarms: [] };
    const kinds: string[] = alarms.map(({ kind }) => kind);
    const expected = namedBy.filter((means) => means !== "view");
    expect(kinds, JSON.stringify(alarms)).toEqual(expect.arrayContaining(expected));
    // What the view leaves out cannot be read; and where a score is false, the measured one counts.
    if (namedBy.includes("view")) expect(failed).toMatch(/No such file/);
    else expect(namedBy.includes("claim") || alarms.some(({ withdraws }) => withdraws)).toBe(true);
  });

for (const { name } of honest)
  test(`${name} is honest, and nothing rings`, ({ skip }) => {
    skip(python === null, NO_SCIENCE_PYTHON);
    expect(judged.get(name)).toMatchObject({ failed: null, alarms: [] });
  });
