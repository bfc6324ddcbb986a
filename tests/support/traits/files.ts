import { gzipSync, zstdCompressSync } from "node:zlib";
import { database, picture, tone, workbook, zip } from "./formats.ts";
import { DESCRIPTION, noise, ROWS, rent, rents, size, type Trait, table } from "./trait.ts";

const plain = rents({ both: { town: (row) => ["Köln", "Ulm", "Kiel"][row % 3] ?? "" } });
const { "task.md": description, ...tables } = plain;
const CSV = tables;
const inForm = (of: (csv: string) => string | Buffer, ending = "") => ({
  "task.md": description,
  ...Object.fromEntries(Object.entries(CSV).map(([name, csv]) => [`${name}${ending}`, of(csv)])),
});
const records = (csv: string) => {
  const [names = [], ...rows] = csv
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return rows.map((row) =>
    Object.fromEntries(
      names.map((name, at) => [name, name === "town" ? row[at] : Number(row[at])]),
    ),
  );
};
const ALL = [
  /^ {2}data +tabular: train\.csv 160 rows, test\.csv 60 rows$/m,
  /^ {2}--target +rent, a number/m,
];

/** Tables in files as people have them. */
export const FILE_TRAITS: readonly Trait[] = [
  {
    trait: "semicolons and decimal commas, the target's too",
    does: "numbers, decimals behind the comma; handed out with semicolons and plain numbers",
    files: rents({
      delimiter: ";",
      both: { area: (row) => (10 + 90 * noise(row, 3)).toFixed(3).replace(".", ",") },
      target: { rent: (row) => rent(row).toFixed(2).replace(".", ",") },
    }),
    tells: [/^ {2}read as +area: .*comma for decimals$/m, ALL[1] ?? /$^/],
  },
  {
    trait: "tabs",
    does: "as the file shows",
    files: { ...inForm((csv) => csv.replaceAll(",", "\t")) },
    tells: ALL,
  },
  {
    trait: "bars",
    does: "as the file shows",
    files: inForm((csv) => csv.replaceAll(",", "|")),
    tells: ALL,
  },
  {
    trait: "cells with line breaks and quotes",
    does: "as CSV has them",
    files: rents({ both: { note: (row) => `a "note",\n${row % 7} lines of it` } }),
    tells: ALL.slice(0, 1),
  },
  {
    trait: "Western European letters (Windows-1252)",
    does: "converted",
    isConverted: true,
    files: inForm((csv) => Buffer.from(csv, "latin1")),
    tells: ALL,
  },
  {
    trait: "UTF-16",
    does: "converted",
    isConverted: true,
    files: inForm((csv) => Buffer.from(`\ufeff${csv}`, "utf16le")),
    tells: ALL,
  },
  {
    trait: "`train.csv.gz`",
    does: "unpacked",
    isConverted: true,
    files: inForm((csv) => gzipSync(csv), ".gz"),
    tells: ALL,
  },
  {
    trait: "`train.csv.zst`",
    does: "unpacked",
    isConverted: true,
    files: inForm((csv) => zstdCompressSync(csv), ".zst"),
    tells: ALL,
  },
  {
    trait: "all tables in one archive",
    does: "unpacked",
    isConverted: true,
    files: { "task.md": description, "data.zip": zip(CSV) },
    tells: ALL,
  },
  {
    trait: "a workbook of three sheets",
    does: "a table for each sheet",
    isConverted: true,
    files: {
      "task.md": description,
      "rents.xlsx": workbook({
        train: CSV["train.csv"],
        test: CSV["test.csv"],
        sample_submission: CSV["sample_submission.csv"],
      }),
    },
    tells: [/^ {2}data +tabular: rents-train\.csv 160 rows, rents-test\.csv 60 rows$/m],
  },
  {
    trait: "a database of three tables",
    does: "a table for each",
    isConverted: true,
    files: {
      "task.md": description,
      "rents.sqlite": database({
        train: CSV["train.csv"],
        test: CSV["test.csv"],
        sample_submission: CSV["sample_submission.csv"],
      }),
    },
    tells: [/^ {2}data +tabular: rents-train\.csv 160 rows, rents-test\.csv 60 rows$/m],
  },
  {
    trait: "JSON, an array of objects",
    does: "a table",
    files: {
      "task.md": description,
      "train.json": JSON.stringify(records(CSV["train.csv"])),
      "test.json": JSON.stringify(records(CSV["test.csv"])),
      "sample_submission.csv": CSV["sample_submission.csv"],
    },
    tells: [/^ {2}data +tabular: train\.json 160 rows, test\.json 60 rows$/m],
  },
  {
    trait: "JSON Lines",
    does: "a table",
    files: {
      "task.md": description,
      "train.jsonl": records(CSV["train.csv"])
        .map((one) => JSON.stringify(one))
        .join("\n"),
      "test.jsonl": records(CSV["test.csv"])
        .map((one) => JSON.stringify(one))
        .join("\n"),
      "sample_submission.csv": CSV["sample_submission.csv"],
    },
    tells: [/^ {2}data +tabular: train\.jsonl 160 rows, test\.jsonl 60 rows$/m],
  },
  {
    trait: "a second table with a shared key",
    does: "named, with the column that joins it",
    files: {
      ...rents({ both: { town: (row) => `town${row % 12}` } }),
      "towns.csv": table({ town: (row) => `town${row}`, people: (row) => 1000 * (row + 1) }, 0, 12),
    },
    tells: [/^ {2}side table +towns\.csv: 12 rows, joins by town$/m],
  },
  {
    trait: "no sample submission",
    does: "the form of the test table, the target where the description names it",
    files: { "task.md": DESCRIPTION, "train.csv": CSV["train.csv"], "test.csv": CSV["test.csv"] },
    tells: ALL,
  },
  {
    trait: "a row with a cell too many",
    does: "refused, with the row",
    files: { ...plain, "train.csv": CSV["train.csv"].replace("\n3,", "\n3,9,") },
    tells: { refused: /train\.csv.*(?:row|line) \d/ },
  },
  {
    trait: "a column name twice",
    does: "refused: rename or remove one",
    files: { ...plain, "train.csv": CSV["train.csv"].replace("town", "size") },
    tells: { refused: /^train\.csv has the column "size" twice; rename or remove one/ },
  },
  {
    trait: "a sample submission with other ids than the test table",
    does: "refused, with the id",
    files: {
      ...plain,
      "sample_submission.csv": CSV["sample_submission.csv"].replace("\n170,", "\n9170,"),
    },
    tells: {
      refused:
        /^sample_submission\.csv does not match test\.csv: the id "9170" is not in the test table/,
    },
  },
];

const isBright = (row: number) => noise(row, 21) < 0.5;
const pictures = (names: (row: number) => string, from: number, count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      names(from + at),
      picture(isBright(from + at) ? 0.7 : 0.2, from + at),
    ]),
  );
const light = (row: number) => (isBright(row) ? "day" : "night");
const PICTURES =
  "Predict whether a picture shows `day` or `night`: its `light`. Metric: accuracy.\n";
const WORDS = [
  "cheap loan",
  "win a prize",
  "see you at noon",
  "the meeting is moved",
  "free money now",
  "dinner at eight",
];
const letter = (row: number) =>
  `${WORDS[row % 6]} dear ${["Ada", "Grace", "Alan"][row % 3]}, ${WORDS[Math.floor(noise(row, 22) * 6)]} and so on ${row}`;
const series = (row: number) =>
  `2023-${String(1 + Math.floor(row / 28)).padStart(2, "0")}-${String(1 + (row % 28)).padStart(2, "0")}`;

/** Tasks of other shapes than one table. */
export const SHAPE_TRAITS: readonly Trait[] = [
  {
    trait: "pictures, labels in a table",
    does: "pictures, by the table",
    files: {
      "task.md": PICTURES,
      "train.csv": table({ file: (row) => `${row}.png`, light }, 0, 60),
      "test.csv": table({ file: (row) => `${row}.png` }, 60, 20),
      "sample_submission.csv": table({ file: (row) => `${row}.png`, light: () => "day" }, 60, 20),
      ...pictures((row) => `train/${row}.png`, 0, 60),
      ...pictures((row) => `test/${row}.png`, 60, 20),
    },
    tells: [
      /^ {2}data +image: train\.csv 60 rows, test\.csv 20 rows$/m,
      /^ {2}--target +light, one of day, night/m,
    ],
  },
  {
    trait: "pictures, a test set that is only a folder",
    does: "the test rows are those of the sample submission",
    files: {
      "task.md": PICTURES,
      "train.csv": table({ file: (row) => `${row}.png`, light }, 0, 60),
      "sample_submission.csv": table({ file: (row) => `${row}.png`, light: () => "day" }, 60, 20),
      ...pictures((row) => `train/${row}.png`, 0, 60),
      ...pictures((row) => `test/${row}.png`, 60, 20),
    },
    tells: [
      /^ {2}data +image: train\.csv 60 rows/m,
      /^ {2}unit: +60 .* to learn from, 20 .* asked for/m,
    ],
  },
  {
    trait: "pictures, labels by the name of their folder",
    does: "pictures, by their folders; the test rows are those of the sample submission",
    files: {
      "task.md": PICTURES,
      "sample_submission.csv": table({ file: (row) => `${row}.png`, light: () => "day" }, 60, 20),
      ...pictures((row) => `train/${light(row)}/${row}.png`, 0, 60),
      ...pictures((row) => `test/${row}.png`, 60, 20),
    },
    tells: [
      /^ {2}data +image: /m,
      /^ {2}unit: +60 images to learn from, 20 images asked for; labels/m,
    ],
  },
  {
    trait: "folders of pictures, and nothing that says what is asked",
    does: "pictures, by their folders; those without a label are asked for",
    files: {
      "task.md": PICTURES,
      ...pictures((row) => `train/${light(row)}/${row}.png`, 0, 20),
      ...pictures((row) => `test/${row}.png`, 20, 8),
    },
    tells: [/^ {2}data +image: /m, /^ {2}unit: .*8 images asked for/m],
  },
  {
    trait: "sounds, labels in a table",
    does: "sounds, by the table",
    files: {
      "task.md": "Predict the `pitch` of a sound. Metric: accuracy.\n",
      "train.csv": table(
        { file: (row) => `${row}.wav`, pitch: (row) => (isBright(row) ? "high" : "low") },
        0,
        40,
      ),
      "test.csv": table({ file: (row) => `${row}.wav` }, 40, 12),
      "sample_submission.csv": table({ file: (row) => `${row}.wav`, pitch: () => "low" }, 40, 12),
      ...Object.fromEntries(
        Array.from({ length: 52 }, (_, row) => [
          `audio/${row}.wav`,
          tone(isBright(row) ? 900 : 300, row),
        ]),
      ),
    },
    tells: [/^ {2}data +audio: train\.csv 40 rows, test\.csv 12 rows$/m],
  },
  {
    trait: "texts",
    does: "texts",
    files: {
      "task.md": "Predict the probability that a `letter` is `spam`. Metric: AUC.\n",
      "train.csv": table(
        { id: (row) => row, letter, spam: (row) => Number([0, 1, 4].includes(row % 6)) },
        0,
        ROWS.train,
      ),
      "test.csv": table({ id: (row) => row, letter }, ROWS.train, ROWS.test),
      "sample_submission.csv": table({ id: (row) => row, spam: () => 0.5 }, ROWS.train, ROWS.test),
    },
    tells: [/^ {2}data +text: /m, /^ {2}--target +spam, one of 0, 1/m],
  },
  {
    trait: "several labels for each row",
    does: "each a target of its own",
    files: {
      "task.md": "Predict the probabilities of `red`, `old` and `loud`. Metric: AUC.\n",
      "train.csv": table(
        {
          id: (row) => row,
          size,
          red: (row) => Number(size(row) > 50),
          old: (row) => Number(noise(row, 23) < 0.3),
          loud: (row) => row % 2,
        },
        0,
        ROWS.train,
      ),
      "test.csv": table({ id: (row) => row, size }, ROWS.train, ROWS.test),
      "sample_submission.csv": table(
        { id: (row) => row, red: () => 0.5, old: () => 0.5, loud: () => 0.5 },
        ROWS.train,
        ROWS.test,
      ),
    },
    tells: [/^ {2}--target +red, one of 0, 1; old, one of 0, 1; loud, one of 0, 1 /m],
  },
  {
    trait: "several numbers for each row",
    does: "each a target of its own",
    files: {
      "task.md": "Predict `rent` and `deposit`. Metric: RMSE.\n",
      "train.csv": table(
        { id: (row) => row, size, rent, deposit: (row) => Math.round(2.5 * rent(row)) },
        0,
        ROWS.train,
      ),
      "test.csv": table({ id: (row) => row, size }, ROWS.train, ROWS.test),
      "sample_submission.csv": table(
        { id: (row) => row, rent: () => 0, deposit: () => 0 },
        ROWS.train,
        ROWS.test,
      ),
    },
    tells: [/^ {2}--target +rent, a number; deposit, a number /m],
  },
  {
    trait: "a series of days, to be continued",
    does: "validation is the latest of train",
    files: {
      "task.md": "Predict the `sold` pieces of the coming days. Metric: MAE.\n",
      "train.csv": table({ day: series, sold: (row) => 50 + row + 20 * (row % 7) }, 0, 168),
      "test.csv": table({ day: series }, 168, 28),
      "sample_submission.csv": table({ day: series, sold: () => 0 }, 168, 28),
    },
    tells: [
      /^ {2}dates +day: year first$/m,
      /^ {2}--split +time by day: 100 % of test's rows are later/m,
    ],
  },
  {
    trait: "a training table alone",
    does: "rows of it are held back and predicted",
    files: { "task.md": DESCRIPTION, "train.csv": CSV["train.csv"] },
    tells: [/^ {2}unit: +144 rows to learn from, none asked for/m],
  },
];
