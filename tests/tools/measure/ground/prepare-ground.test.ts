import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { restoreSubmission } from "../../../../tools/measure/ground/restore-submission.ts";
import { readTask } from "../../../../tools/read-task/read-task.ts";
import { makeFolder } from "../../read-task/make-folder.ts";
import { prepared } from "./prepared.ts";
import { rowsOf, textOf } from "./read-view.ts";
import { csv, folderOf, noise, SHAPES } from "./shapes.ts";

const shape = (name: string) => {
  const found = SHAPES.find((one) => one.name.startsWith(name));
  if (found === undefined) throw new Error(`no shape ${name}`);
  return folderOf(found);
};

const rows = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** 1,100 rows without a test table. */
const only = {
  "task.md": "Predict the `price`.\n\nMetric: RMSE\n",
  "houses.csv": csv([
    ["area", "price"],
    ...rows(1100, (at) => [noise(at).toFixed(5), (noise(at, 1) * 100).toFixed(2)]),
  ]),
};

test("of side tables only what tells nothing of the target enters, and rows of the hold-out go by their new names", async () => {
  const { view, ground } = await prepared(shape("tables that repeat"));
  expect(ground.leftOut.map(({ path }) => path)).toEqual(["elsewhere.csv", "labels_again.csv"]);
  const [inTrain, inTest, more, notes] = await Promise.all(
    ["train.csv", "test.csv", "more.csv", "notes.csv"].map((path) => rowsOf(view, path)),
  );
  const ids = (table: typeof more) => new Set(table?.map(({ id }) => id));
  expect(ids(more)).toEqual(new Set([...ids(inTrain), ...ids(inTest)]));
  expect(ids(notes)).toEqual(ids(inTrain));
  expect(textOf(view)).not.toMatch(/labels_again|is [01]/);
});

test("records keep their text, and what is held out has only the fields of test", async () => {
  const { view } = await prepared(shape("records with"));
  const read = (path: string): Record<string, unknown>[] =>
    JSON.parse(readFileSync(join(view, path), "utf8"));
  expect(new Set(read("test.json").map((record) => Object.keys(record).join()))).toEqual(
    new Set(["id,text"]),
  );
  expect(read("train.json")[0]).toMatchObject({ votes: 1, label: false });
  expect(read("train.json")[0]?.["text"]).toMatch(/^some "words", /);
});

test("without a test set units are held back in its place, and the form follows from train", async () => {
  const { ground, view, finalView, truth } = await prepared(makeFolder(only));
  expect(ground).toMatchObject({ mode: "holdout", units: { test: 0, holdout: 110 } });
  const [asked, lines] = [
    await rowsOf(view, "test.csv"),
    await rowsOf(view, "sample_submission.csv"),
  ];
  expect(asked.map(Object.keys)).toEqual(asked.map(() => ["area"]));
  expect(lines).toHaveLength(110);
  expect(await rowsOf(truth, "holdout.csv")).toHaveLength(110);
  expect(await rowsOf(finalView, "test.csv")).toEqual(asked);
  expect(await rowsOf(finalView, "houses.csv")).toHaveLength(1100);
  expect(JSON.parse(readFileSync(join(truth, "made.json"), "utf8"))).toEqual([
    "test.csv",
    "sample_submission.csv",
  ]);
});

test("features in a table beside the labels: what is held out has them as test's rows do, and nobody else", async () => {
  const features = (from: number, count: number) =>
    rows(count, (at) => [
      `u${from + at}`,
      noise(from + at).toFixed(5),
      noise(from + at, 1).toFixed(5),
    ]);
  const { ground, view, truth } = await prepared(
    makeFolder({
      "task.md": "Predict `y`. Metric: AUC.\n",
      "train_features.csv": csv([["id", "a", "b"], ...features(0, 1200)]),
      "train_labels.csv": csv([["id", "y"], ...rows(1200, (at) => [`u${at}`, at % 2])]),
      "test.csv": csv([["id", "a", "b"], ...features(1200, 300)]),
      "sample_submission.csv": csv([["id", "y"], ...rows(300, (at) => [`u${1200 + at}`, 0])]),
    }),
  );
  expect(ground).toMatchObject({ mode: "holdout", units: { train: 1080, holdout: 120 } });
  const [test, inTrain] = [
    await rowsOf(view, "test.csv"),
    await rowsOf(view, "train_features.csv"),
  ];
  expect(inTrain).toHaveLength(1080);
  const held = new Map(test.map((row) => [row["id"], row]));
  for (const { id, __unit } of await rowsOf(truth, "holdout.csv"))
    expect(held.get(id)).toMatchObject({ a: noise(Number(__unit)).toFixed(5) });
});

test("a group that a piece of the id names stays one under its new name", async () => {
  const id = (at: number) => `${String(Math.floor(at / 4)).padStart(4, "0")}_0${at % 4}`;
  const { ground, view, truth } = await prepared(
    makeFolder({
      "task.md": "Predict the `y`.\n\nMetric: accuracy\n",
      "train.csv": csv([
        ["id", "x", "y"],
        ...rows(2000, (at) => [id(at), noise(at), `k${at % 8 < 4}`]),
      ]),
      "test.csv": csv([["id", "x"], ...rows(600, (at) => [id(2000 + at), noise(2000 + at)])]),
      "sample_submission.csv": csv([["id", "y"], ...rows(600, (at) => [id(2000 + at), "k"])]),
    }),
  );
  expect(ground.split).toMatchObject({ kind: "group", by: "id[0]" });
  const held = await rowsOf(truth, "holdout.csv");
  const groups = Map.groupBy(held, ({ id: name = "" }) => name.slice(0, 4));
  const members = [...groups.values()].map((group) =>
    group.map(({ id: name = "" }) => name.slice(4)),
  );
  expect(members.map((one) => one.toSorted())).toEqual(
    members.map(() => ["_00", "_01", "_02", "_03"]),
  );
  const known = (await rowsOf(view, "train.csv")).map(({ id: name = "" }) => name.slice(0, 4));
  expect(known.filter((group) => groups.has(group))).toEqual([]);
});

test("what is prepared stays as it is, and what a kill left half is made anew", async () => {
  const folder = makeFolder(only);
  const runFolder = makeFolder({});
  mkdirSync(join(runFolder, "view"));
  mkdirSync(join(runFolder, "ground.unfinished"));
  writeFileSync(join(runFolder, "view", "half.csv"), "x");
  const first = await prepared(folder, { runFolder });
  const before = textOf(runFolder);
  expect(before).not.toContain("half.csv");
  expect(existsSync(join(runFolder, "ground.unfinished"))).toBe(false);
  const { ground } = await prepared(folder, { runFolder });
  expect(ground).toEqual(first.ground);
  expect(textOf(runFolder)).toBe(before);
  expect(textOf(join((await prepared(folder)).runFolder, "truth"))).toBe(
    textOf(join(runFolder, "truth")),
  );
});

test.each([
  { says: "drop: extra\n", shows: async (view: string) => !textOf(view).includes("extra,") },
  {
    says: "folds: fold\n",
    shows: async (view: string) => {
      const inTrain = await rowsOf(view, "train.csv");
      const listed = await rowsOf(view, "folds.csv");
      return (
        listed.length === inTrain.filter(({ fold }) => fold !== "").length &&
        listed.every(({ row, fold }) => inTrain[Number(row)]?.["fold"] === `f${fold}`)
      );
    },
  },
  {
    says: 'split: "group:kind"\n',
    shows: async (view: string) => {
      const inTrain = await rowsOf(view, "train.csv");
      const folds = new Map<string, Set<string>>();
      for (const { row, fold = "" } of await rowsOf(view, "folds.csv")) {
        const kind = inTrain[Number(row)]?.["kind"] ?? "";
        folds.set(kind, new Set([...(folds.get(kind) ?? []), fold]));
      }
      return [...folds.values()].every(({ size }) => size === 1);
    },
  },
])("a person's $says is followed", async ({ says, shows }) => {
  const line = (at: number) => [
    at,
    `k${at % 300}`,
    noise(at),
    `f${at % 3}`,
    at % 2 ? "" : `f${at % 3}`,
  ];
  const files = {
    "task.md": "Predict the `y`.\n\nMetric: accuracy\n",
    "task.yaml": says,
    "train.csv": csv([["id", "kind", "extra", "y", "fold"], ...rows(1200, (at) => line(at))]),
    "test.csv": csv([["id", "kind", "extra"], ...rows(50, (at) => line(1200 + at).slice(0, 3))]),
    "sample_submission.csv": csv([["id", "y"], ...rows(50, (at) => [1200 + at, "f0"])]),
  };
  const { ground, view } = await prepared(makeFolder(files));
  expect(ground.mode).toBe(says.startsWith("folds") ? "folds" : "holdout");
  expect(await shows(view)).toBe(true);
});

test("rows without truth are always for training", async () => {
  const folder = makeFolder({
    ...only,
    "houses.csv": csv([
      ["area", "price"],
      ...rows(1100, (at) => [noise(at).toFixed(5), at % 3 === 0 ? "" : at]),
    ]),
  });
  const { view, truth, ground } = await prepared(folder);
  expect(ground.units.validation).toBeLessThan(740);
  for (const path of ["validation.csv", "holdout.csv"])
    expect((await rowsOf(truth, path)).filter(({ price }) => price === "")).toEqual([]);
  expect((await rowsOf(view, "houses.csv")).filter(({ price }) => price === "")).toHaveLength(367);
});

test.each([
  {
    title: "an unknown metric",
    change: { "task.yaml": "metric: profit\ndirection: maximize\n" },
    reason: /metric profit/,
  },
  {
    title: "a sample that asks for other ids",
    change: {
      "sample_submission.csv": csv([
        ["key", "y"],
        ["k7", 0],
        ["k9", 0],
      ]),
    },
    reason: /"key" of sample_submission.csv follows from nothing/,
  },
  {
    title: "a sample of other lines",
    change: {
      "sample_submission.csv": csv([
        ["key", "y"],
        ["2_a", 0],
        ["3_a", 0],
        ["4_a", 0],
      ]),
    },
    reason: /follows from nothing|more lines/,
  },
])("with $title scores are claims, and the run says why", async ({ change, reason }) => {
  const folder = makeFolder({
    "task.md": "Predict the `y`.\n\nMetric: accuracy\n",
    "train.csv": "n,y\n0,a\n1,b\n",
    "test.csv": "n\n2\n3\n",
    "sample_submission.csv": "n,y\n2,a\n3,a\n",
    ...change,
  });
  const { ground, view } = await prepared(folder);
  expect(ground.mode).toBe("claims");
  expect(ground.reason).toMatch(reason);
  expect(lstatSync(join(view, "train.csv")).isSymbolicLink()).toBe(true);
  expect((await readTask(folder)).files.every((path) => existsSync(join(view, path)))).toBe(true);
});

test("what scripts fill has commas, the truth plain numbers, and what is handed out the sample's own form", async () => {
  const lines = (of: (at: number) => readonly string[], from: number, count: number) =>
    rows(count, (at) => of(from + at).join(";")).join("\n");
  const folder = makeFolder({
    "task.md": "Predict the `price`.\n\nMetric: RMSE\n",
    "train.csv": `id;area;price\n${lines((at) => [`${at}`, `${at % 9},5`, `${at},25`], 0, 100)}\n`,
    "test.csv": `id;area\n${lines((at) => [`${at}`, `${at % 9},5`], 100, 40)}\n`,
    "sample_submission.csv": `id;price\n${lines((at) => [`${at}`, "0"], 100, 40)}\n`,
  });
  const { view, finalView, truth, runFolder } = await prepared(folder);
  for (const [at, name] of [
    [view, "sample_submission.csv"],
    [view, "validation_sample.csv"],
    [finalView, "sample_submission.csv"],
  ] as const)
    expect(readFileSync(join(at, name), "utf8")).toMatch(/^id,price\n\d+,0\n/);
  const told = await rowsOf(truth, "validation.csv");
  expect(told.map(({ id, price }) => [id, price])).toEqual(told.map(({ id }) => [id, `${id}.25`]));
  const to = join(runFolder, "submission.csv");
  await restoreSubmission(truth, join(view, "sample_submission.csv"), to);
  expect(readFileSync(to, "utf8")).toMatch(/^id;price\n100;0\n101;0\n/);
});
