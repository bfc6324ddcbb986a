import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunPurpose } from "../../src/core/candidate.ts";
import { submissionForms } from "../../src/run/submission-form.ts";
import { prepared } from "../tools/measure/ground/prepared.ts";
import { csv, noise } from "../tools/measure/ground/shapes.ts";
import { makeFolder } from "../tools/read-task/make-folder.ts";

const ROWS = Array.from({ length: 1100 }, (_, at) => [at, noise(at), noise(at, 1) * 100]);
const HELD_OUT = 110;
const alone = {
  "task.md": "Predict the `price` of each house.\n\nMetric: RMSE\n",
  "houses.csv": csv([["id", "area", "price"], ...ROWS]),
};

test.each(["solution", "submission"] satisfies RunPurpose[])(
  "where there is one table, a %s is held against what the program asks for in its place",
  async (purpose) => {
    const { reading, ...ground } = await prepared(makeFolder(alone));
    const { check, agreement } = submissionForms(reading, ground);
    const [header = "", ...lines] = readFileSync(
      join(ground.finalView, "sample_submission.csv"),
      "utf8",
    )
      .trim()
      .split("\n");
    const left = (rows: readonly string[]) => {
      const attempt = makeFolder({});
      mkdirSync(join(attempt, "final"));
      writeFileSync(join(attempt, "final", "submission.csv"), `${[header, ...rows].join("\n")}\n`);
      return attempt;
    };
    const whole = left(lines.map((line, at) => line.replace(/,.*/, `,${noise(at)}`)));
    expect(await check(whole, purpose)).toEqual({ valid: true, problem: null });
    expect(readFileSync(join(whole, "submission.csv"), "utf8").trim().split("\n")).toHaveLength(
      HELD_OUT + 1,
    );
    expect(await agreement(whole, whole)).toBeCloseTo(1);
    expect(await check(left([]), purpose)).toMatchObject({ valid: false });
  },
);

test("agents are told of the tables that scripts find: with the hold-out among test, and of those that are made", async () => {
  const one = await prepared(makeFolder(alone));
  expect(one.ground.seen).toMatchObject({
    train: { path: "houses.csv", rows: 990 },
    test: { path: "test.csv", rows: HELD_OUT },
    submission: { sample: "sample_submission.csv", columns: ["id", "price"], rows: HELD_OUT },
  });
  expect(one.ground.seen?.profile).toContain("Test table test.csv: 110 rows");
  const two = await prepared(
    makeFolder({
      ...alone,
      "test.csv": csv([["id", "area"], ...ROWS.slice(0, 30).map(([at = 0]) => [at + 5000, 0.5])]),
    }),
  );
  expect(two.ground.seen).toMatchObject({ train: { rows: 990 }, test: { rows: 30 + HELD_OUT } });
  expect(two.ground.seen?.profile).toContain("houses.csv: 990 rows");
});
