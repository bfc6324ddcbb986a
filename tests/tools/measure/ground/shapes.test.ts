import { join } from "node:path";
import { expect, test } from "vitest";
import { restoreSubmission } from "../../../../tools/measure/ground/restore-submission.ts";
import { understand } from "../../../../tools/measure/ground/understand.ts";
import { csvForm } from "../../../../tools/measure/units/records.ts";
import { TableFile } from "../../../../tools/measure/view/text-file.ts";
import { makeFolder } from "../../read-task/make-folder.ts";
import { prepared } from "./prepared.ts";
import { agreement, cluesOf, filesIn, rowsOf } from "./read-view.ts";
import { folderOf, SHAPES, type Shape } from "./shapes.ts";

type Rows = Record<string, string>[];

test.each(SHAPES)("$name", { timeout: 120_000 }, async (shape) => {
  const made = await measuredTask(shape);
  await unitsAndLinesGoTogether(made);
  await nothingTellsTheLabels(made);
  await submissionsComeBack(made);
});

async function measuredTask(shape: Shape) {
  const folder = folderOf(shape);
  const all = await prepared(folder);
  const { view, truth, reading, ground } = all;
  const sample = reading.draft.submission.sample ?? "sample_submission.csv";
  /** The cells of a line's ids, a number of the line left aside. */
  const nameOf = (row: Record<string, string>) =>
    Object.entries(row)
      .filter(([name]) => !ground.columns.includes(name) && !/^__|^Unnamed: 0$/.test(name))
      .map(([, cell]) => cell)
      .join();
  return {
    ...{ shape, folder, sample, nameOf, ...all },
    lines: await rowsOf(view, sample),
    origin: await rowsOf(truth, "lines.csv"),
    held: await rowsOf(truth, "holdout.csv"),
    validation: await rowsOf(truth, "validation.csv"),
  };
}

type Made = Awaited<ReturnType<typeof measuredTask>>;

async function unitsAndLinesGoTogether(made: Made) {
  const { shape, ground, reading, lines, origin, held, validation, view, truth, nameOf } = made;
  const { metric } = reading.draft;
  const understood = await understand(reading, { metric, seed: 7, holdout: "auto" });
  expect(understood).toEqual({ ...ground, seen: null });
  // Agents are told of as many lines as there are.
  expect(ground.seen?.submission.rows).toBe(lines.length);
  expect(ground).toMatchObject({ mode: "holdout", noun: shape.noun ?? "row" });
  const { train, holdout } = ground.units;
  expect(train + holdout).toBe(shape.units);
  expect(holdout).toBeGreaterThan(0.05 * shape.units);
  // Each line is one of the original, in its order, or a held-out one.
  expect(lines).toHaveLength(origin.length);
  const originals = origin.map(({ original }) => Number(original)).filter((at) => at >= 0);
  expect(originals).toEqual(originals.map((_, at) => at));
  expect(new Set(held.map(({ __line }) => Number(__line)))).toEqual(
    new Set(origin.flatMap(({ original }, at) => (original === "-1" ? at : []))),
  );
  // What scripts are asked to validate is what is scored.
  const asked = await rowsOf(view, "validation_sample.csv");
  expect(asked.map(nameOf)).toEqual(validation.map(nameOf));
  const units = new Set(validation.map(({ __unit }) => __unit));
  expect(units.size).toBe(ground.units.validation);
  expect(new Set(validation.map(({ __fold }) => __fold)).size).toBe(ground.folds);
  expect(held.filter(({ __unit }) => units.has(__unit))).toEqual([]);
  const final = await rowsOf(truth, "final-validation.csv");
  expect(new Set(final.map(({ __unit }) => __unit)).size).toBeGreaterThan(units.size);
  // The rows of the folds are those of the truth.
  const [target = ""] = ground.columns;
  const { train: table } = reading.draft;
  if (table === null || !table.columns.some(({ name }) => name === target)) return;
  if (ground.predicts === "probabilities") return;
  const inTrain = await rowsOf(view, table.path.replace(/\.(?:zip|gz)$/, ""));
  const folds = await rowsOf(view, "folds.csv");
  expect(folds.map(({ row }) => inTrain[Number(row)]?.[target])).toEqual(
    validation.map((row) => row[target]),
  );
}

/** The nearest by order, name, age, size or number on the disk must say no more than chance does. */
async function nothingTellsTheLabels({ view, held, validation, nameOf }: Made) {
  const media = Map.groupBy(
    filesIn(view).filter((path) => path.includes("/")),
    (path) => path.split("/").at(-1) ?? "",
  );
  const seen = (rows: Rows, place: string) =>
    [...Map.groupBy(rows, (row) => row["__unit"]).values()].flatMap(([row]) => {
      if (row === undefined) return [];
      const name = nameOf(row);
      const files = ["", ".png", ".jpg"].flatMap((end) => media.get(`${name}${end}`) ?? []);
      const clues = cluesOf(view, name, Number(row[place]), files);
      return { label: Object.values(row).at(-1) ?? "", clues };
    });
  const [known, asked] = [seen(validation, "__unit"), seen(held, "__line")];
  const classes = [...Map.groupBy(asked, ({ label }) => label).values()];
  const chance = Math.max(...classes.map(({ length }) => length / asked.length));
  const error = Math.sqrt(Math.max(0.05, chance * (1 - chance)) / asked.length);
  for (const [clue, share] of Object.entries(agreement(known, asked)))
    expect(share, clue).toBeLessThan(chance + 4 * error);
}

async function submissionsComeBack(made: Made) {
  const { shape, folder, view, truth, sample, lines, ground, reading, finalView, nameOf } = made;
  const names = Object.keys(lines[0] ?? {});
  const hasIds = names.length > ground.columns.length;
  const test = reading.draft.test?.path ?? "test.csv";
  const marksOf = async (input: string) =>
    hasIds
      ? (await rowsOf(input, sample)).map(nameOf)
      : (await rowsOf(input, test)).map((row) => row[shape.mark] ?? "");
  const answered = (rows: Rows, marks: readonly string[]) =>
    rows.map((row, at) => ({
      ...row,
      ...Object.fromEntries(ground.columns.map((name) => [name, `of ${marks[at]}`])),
    }));
  const into = makeFolder({});
  const table = new TableFile(join(into, "view.csv"), names, csvForm(","));
  const answers = answered(lines, await marksOf(view));
  // Where lines have ids they may come in any order.
  for (const row of hasIds ? answers.toReversed() : answers) table.add(Object.values(row));
  table.close();
  await restoreSubmission(truth, join(into, "view.csv"), join(into, "submission.csv"));
  const original = await rowsOf(finalView, sample);
  if (reading.draft.submission.sample !== null)
    expect(original).toEqual(await rowsOf(folder, sample));
  expect(await rowsOf(into, "submission.csv")).toEqual(
    answered(original, await marksOf(finalView)),
  );
}
