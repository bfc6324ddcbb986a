import { utimesSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../read-task/make-folder.ts";

/** A task made for a test: features are noise, and whatever else there is in train (order, ids, ages of files) tells the label. */
export interface Shape {
  name: string;
  files: Record<string, string | Buffer>;
  /** Units of train, and what one is called. */
  units: number;
  noun?: string;
  /** The column of test that tells rows apart whatever else is renamed. */
  mark: string;
}

const METRIC = (name: string) => `# Task\n\nPredict the \`label\`.\n\nMetric: ${name}\n`;

/** Numbers that look random and are the same each time. */
export function noise(at: number, salt = 0): number {
  const value = Math.sin((at + 1) * 12.9898 + salt * 78.233) * 43758.5453;
  return value - Math.floor(value);
}

export const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.join(",")).join("\n")}\n`;

const each = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at));

const [TRAIN, TEST] = [1200, 300];
/** Sorted by class, as many a data set comes. */
const sorted = (at: number, classes = 2): number => Math.floor((at * classes) / TRAIN);
const feature = (at: number) => noise(at).toFixed(6);
const sample = (ids: readonly string[], name = "label", id = "id") =>
  csv([[id, name], ...ids.map((one) => [one, 0])]);

const plain = (
  more: Partial<Shape["files"]> = {},
  metric = "accuracy",
): Record<string, string> => ({
  "task.md": METRIC(metric),
  "train.csv": csv([["id", "x", "label"], ...each(TRAIN, (at) => [at, feature(at), sorted(at)])]),
  "test.csv": csv([["id", "x"], ...each(TEST, (at) => [TRAIN + at, feature(TRAIN + at)])]),
  "sample_submission.csv": sample(each(TEST, (at) => String(TRAIN + at))),
  ...(more as Record<string, string>),
});

const number = (at: number) => String(at).padStart(4, "0");
const bytes = (at: number) => Buffer.from(`${feature(at)}${feature(at + 0.5)}`);

export const SHAPES: readonly Shape[] = [
  { name: "one id", units: TRAIN, mark: "id", files: plain() },
  {
    name: "no id",
    units: TRAIN,
    mark: "x",
    files: {
      "task.md": METRIC("accuracy"),
      "train.csv": csv([["x", "label"], ...each(TRAIN, (at) => [feature(at), sorted(at)])]),
      "test.csv": csv([["x"], ...each(TEST, (at) => [feature(TRAIN + at)])]),
      "sample_submission.csv": csv([["label"], ...each(TEST, () => [0])]),
    },
  },
  {
    name: "no sample, numbers that restart",
    units: TRAIN,
    mark: "x",
    files: {
      "task.md": METRIC("accuracy"),
      "train.csv": csv([
        ["id", "x", "label"],
        ...each(TRAIN, (at) => [at, feature(at), sorted(at)]),
      ]),
      "test.csv": csv([["id", "x"], ...each(TEST, (at) => [at, feature(TRAIN + at)])]),
    },
  },
  {
    name: "a stray index column",
    units: TRAIN,
    mark: "x",
    files: plain({
      "sample_submission.csv": csv([
        ["", "id", "label"],
        ...each(TEST, (at) => [at, TRAIN + at, 0]),
      ]),
    }),
  },
  {
    name: "the sample's lines in another order",
    units: TRAIN,
    mark: "id",
    files: plain({
      "sample_submission.csv": sample(each(TEST, (at) => String(TRAIN + TEST - 1 - at))),
    }),
  },
  {
    name: "labels in a table beside a folder of images",
    units: TRAIN,
    noun: "image",
    mark: "id",
    files: {
      "task.md": METRIC("accuracy"),
      "train.csv": csv([
        ["id", "label"],
        ...each(TRAIN, (at) => [`a${number(at)}`, `c${sorted(at)}`]),
      ]),
      "sample_submission.csv": sample(each(TEST, (at) => `b${number(at)}`)),
      ...Object.fromEntries(each(TRAIN, (at) => [`train_images/a${number(at)}.png`, bytes(at)])),
      ...Object.fromEntries(
        each(TEST, (at) => [`test_images/b${number(at)}.png`, bytes(TRAIN + at)]),
      ),
    },
  },
  {
    name: "labels in the names of files",
    units: TRAIN,
    noun: "image",
    mark: "id",
    files: {
      "task.md": `${METRIC("log loss")}The probability that it is a dog.\n`,
      "sample_submission.csv": sample(each(TEST, (at) => String(at + 1))),
      ...Object.fromEntries(
        each(TRAIN, (at) => [`train/${sorted(at) ? "dog" : "cat"}.${at}.jpg`, bytes(at)]),
      ),
      ...Object.fromEntries(each(TEST, (at) => [`test/${at + 1}.jpg`, bytes(TRAIN + at)])),
    },
  },
  {
    name: "labels in the names of folders",
    units: TRAIN,
    noun: "image",
    mark: "file",
    files: {
      "task.md": METRIC("accuracy"),
      "sample_submission.csv": sample(
        each(TEST, (at) => `t_${number(at)}.jpg`),
        "label",
        "file",
      ),
      ...Object.fromEntries(
        each(TRAIN, (at) => [`data/train/kind${sorted(at, 3)}/p_${number(at)}.jpg`, bytes(at)]),
      ),
      ...Object.fromEntries(
        each(TEST, (at) => [`data/test/t_${number(at)}.jpg`, bytes(TRAIN + at)]),
      ),
    },
  },
  {
    name: "tokens of sentences whose numbers restart",
    units: TRAIN,
    noun: "sentence",
    mark: "x",
    files: {
      "task.md": METRIC("accuracy"),
      "train.csv": csv([
        ["sentence", "token", "x", "label"],
        ...each(3 * TRAIN, (at) => [Math.floor(at / 3), at % 3, feature(at), `k${sorted(at / 3)}`]),
      ]),
      "test.csv": csv([
        ["sentence", "token", "x"],
        ...each(3 * TEST, (at) => [Math.floor(at / 3), at % 3, feature(3 * TRAIN + at)]),
      ]),
      "sample_submission.csv": sample(each(3 * TEST, (at) => `${Math.floor(at / 3)}_${at % 3}`)),
    },
  },
  {
    name: "a long sample",
    units: TRAIN,
    mark: "id",
    files: {
      "task.md": METRIC("RMSE"),
      "train.csv": csv([
        ["id", "x", "width", "height"],
        ...each(TRAIN, (at) => [at, feature(at), 1.5 + sorted(at), 7.5 - sorted(at)]),
      ]),
      "test.csv": csv([["id", "x"], ...each(TEST, (at) => [TRAIN + at, feature(TRAIN + at)])]),
      "sample_submission.csv": csv([
        ["row", "value"],
        ...each(2 * TEST, (at) => [
          `${TRAIN + Math.floor(at / 2)}_${at % 2 ? "height" : "width"}`,
          0,
        ]),
      ]),
    },
  },
  {
    name: "several targets",
    units: TRAIN,
    mark: "id",
    files: {
      "task.md": METRIC("mean column-wise AUC"),
      "train.csv": csv([
        ["id", "x", "toxic", "rude"],
        ...each(TRAIN, (at) => [at, feature(at), sorted(at), 1 - sorted(at)]),
      ]),
      "test.csv": csv([["id", "x"], ...each(TEST, (at) => [TRAIN + at, feature(TRAIN + at)])]),
      "sample_submission.csv": csv([
        ["id", "toxic", "rude"],
        ...each(TEST, (at) => [TRAIN + at, 0.5, 0.5]),
      ]),
    },
  },
  {
    name: "a class with one row",
    units: TRAIN,
    mark: "id",
    files: plain({
      "train.csv": csv([
        ["id", "x", "label"],
        ...each(TRAIN, (at) => [at, feature(at), at === 700 ? "rare" : `k${sorted(at)}`]),
      ]),
    }),
  },
  {
    name: "3,000 classes",
    units: 9000,
    mark: "id",
    files: {
      "task.md": METRIC("accuracy"),
      "train.csv": csv([
        ["id", "x", "label"],
        ...each(9000, (at) => [at, feature(at), `k${Math.floor(at / 3)}`]),
      ]),
      "test.csv": csv([["id", "x"], ...each(TEST, (at) => [9000 + at, feature(9000 + at)])]),
      "sample_submission.csv": sample(each(TEST, (at) => String(9000 + at))),
    },
  },
  {
    name: "records with fields that only train has",
    units: TRAIN,
    mark: "id",
    files: {
      "task.md": METRIC("AUC"),
      "train.json": JSON.stringify(
        each(TRAIN, (at) => ({
          id: `t_${number(at)}`,
          text: `some "words", ${feature(at)}`,
          votes: sorted(at) * 10 + 1.0,
          label: sorted(at) === 1,
        })),
      ),
      "test.json": JSON.stringify(
        each(TEST, (at) => ({
          id: `t_${number(TRAIN + at)}`,
          text: `some ${feature(TRAIN + at)}`,
        })),
      ),
      "sample_submission.csv": sample(each(TEST, (at) => `t_${number(TRAIN + at)}`)),
    },
  },
  {
    name: "tables that repeat the labels, or tell of other things",
    units: TRAIN,
    mark: "id",
    files: plain({
      "labels_again.csv": csv([["id", "said"], ...each(TRAIN, (at) => [at, `is ${sorted(at)}`])]),
      "more.csv": csv([["id", "y"], ...each(TRAIN + TEST, (at) => [at, feature(at + 0.25)])]),
      "notes.csv": csv([["id", "when"], ...each(TRAIN, (at) => [at, feature(at + 0.75)])]),
      "elsewhere.csv": csv([
        ["place", "people"],
        ["Ulm", 1],
        ["Bonn", 2],
      ]),
    }),
  },
  {
    name: "groups",
    units: TRAIN,
    mark: "id",
    files: {
      "task.md": METRIC("accuracy"),
      "train.csv": csv([
        ["id", "patient", "x", "label"],
        ...each(TRAIN, (at) => [at, `p${Math.floor(at / 4)}`, feature(at), sorted(at)]),
      ]),
      "test.csv": csv([
        ["id", "patient", "x"],
        ...each(TEST, (at) => [TRAIN + at, `p${500 + Math.floor(at / 4)}`, feature(TRAIN + at)]),
      ]),
      "sample_submission.csv": sample(each(TEST, (at) => String(TRAIN + at))),
    },
  },
  {
    name: "time",
    units: TRAIN,
    mark: "day",
    files: dated((at) => at),
  },
  {
    name: "stretches",
    units: TRAIN,
    mark: "day",
    // Of every 50 days the last ten are asked for.
    files: dated((at) =>
      at < TRAIN
        ? 50 * Math.floor(at / 40) + (at % 40)
        : 50 * Math.floor((at - TRAIN) / 10) + 40 + ((at - TRAIN) % 10),
    ),
  },
];

/** Days that are an id and a feature; here the labels are noise, since the order of days may well tell something. */
function dated(dayOf: (at: number) => number): Record<string, string> {
  const day = (at: number) => new Date(86_400_000 * dayOf(at)).toISOString().slice(0, 10);
  return {
    "task.md": METRIC("accuracy"),
    "train.csv": csv([
      ["day", "x", "label"],
      ...each(TRAIN, (at) => [day(at), feature(at), noise(at, 3) > 0.5 ? "up" : "down"]),
    ]),
    "test.csv": csv([["day", "x"], ...each(TEST, (at) => [day(TRAIN + at), feature(TRAIN + at)])]),
    "sample_submission.csv": sample(
      each(TEST, (at) => day(TRAIN + at)),
      "label",
      "day",
    ),
  };
}

/** The files of a shape in a folder; those of train are older the lower their class. */
export function folderOf({ files }: Shape): string {
  const folder = makeFolder(files);
  for (const [at, path] of Object.keys(files).entries())
    if (path.includes("/")) utimesSync(join(folder, path), 1_600_000_000 + at, 1_600_000_000 + at);
  return folder;
}
