import { join } from "node:path";
import { expect, test } from "vitest";
import { SettingsError } from "../../../src/core/errors.ts";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder, rentTask } from "./make-folder.ts";

const { "task.md": description, "train.csv": train } = rentTask;

const bad: { title: string; change: Record<string, string | Buffer>; says: RegExp }[] = [
  {
    title: "an empty description",
    change: { "task.md": " \n" },
    says: /task\.md in .* is empty; write/,
  },
  { title: "an empty table", change: { "train.csv": "" }, says: /train\.csv is empty; it needs/ },
  {
    title: "a table without rows",
    change: { "test.csv": "id,area,city\n" },
    says: /test\.csv has column names but no rows/,
  },
  {
    title: "a ragged row",
    change: { "train.csv": `${train}5,1,Ulm\n` },
    says: /train\.csv line 6 has 3 fields where its first line has 4; correct/,
  },
  {
    title: "a row too long",
    change: { "train.csv": "id,rent\n1,2\n3,4,5\n" },
    says: /train\.csv line 3 has 3 fields/,
  },
  {
    title: "an open quote",
    change: { "train.csv": 'id,rent\n1,"2\n3,4\n' },
    says: /train\.csv: the quote opened in the record of line 2 is never closed/,
  },
  {
    title: "binary data",
    change: { "train.csv": Buffer.from([1, 0, 2, 0]) },
    says: /train\.csv is no text table but binary data/,
  },
  {
    title: "Latin-1",
    change: { "train.csv": Buffer.from("id,city,rent\n1,K\xf6ln,5\n", "latin1") },
    says: /train\.csv is not UTF-8 text/,
  },
  {
    title: "a description without end",
    change: { "task.md": "Predict the rent. ".repeat(100_000) },
    says: /task\.md has 2 MB, and no description or settings are as long/,
  },
  {
    title: "UTF-16",
    change: { "train.csv": Buffer.from("\ufeffid,rent\n1,2\n", "utf16le") },
    says: /train\.csv is not UTF-8 text/,
  },
  {
    title: "a column twice",
    change: { "train.csv": "id,rent,rent\n1,2,3\n" },
    says: /train\.csv has the column "rent" twice/,
  },
  {
    title: "a sample with a row too many",
    change: { "sample_submission.csv": "id,rent\n5,0\n6,0\n7,0\n" },
    says: /sample_submission\.csv does not match test\.csv: the id "7" is not in the test table/,
  },
  {
    title: "a sample with a row too few",
    change: { "sample_submission.csv": "id,rent\n5,0\n" },
    says: /the id "6" of the test table is not in it/,
  },
  {
    title: "a sample with a row twice",
    change: { "sample_submission.csv": "id,rent\n5,0\n6,0\n6,0\n" },
    says: /it has the id "6" twice/,
  },
  {
    title: "a sample without ids and of another length",
    change: { "sample_submission.csv": "rent\n0\n" },
    says: /it has 1 row where the test table has 2/,
  },
  {
    title: "a target that training lacks",
    change: { "train.csv": "id,area,city\n1,2,Ulm\n" },
    says: /the target "rent" of sample_submission\.csv is no column of train\.csv/,
  },
  {
    title: "a target without values",
    change: { "train.csv": "id,area,city,rent\n1,2,Ulm,\n" },
    says: /the target "rent" has no values in train\.csv/,
  },
  {
    title: "a fixed target that is not there",
    change: { "task.yaml": "target: price" },
    says: /target: "price" is no column of train\.csv; its columns are id, area, city, rent/,
  },
  {
    title: "a fixed target that the test table tells",
    change: { "task.yaml": "target: area" },
    says: /test\.csv holds values of the target "area"; remove/,
  },
  {
    title: "an id that is not there",
    change: { "task.yaml": "id: number" },
    says: /id: "number" is no column of sample_submission\.csv/,
  },
];

test.each(bad)("$title is refused in one sentence", async ({ change, says }) => {
  const reading = readTask(makeFolder({ ...rentTask, ...change }));
  await expect(reading).rejects.toThrow(SettingsError);
  await expect(reading).rejects.toThrow(says);
  await expect(reading).rejects.not.toThrow(/\n/);
});

test("a folder that is absent, or a file, is refused", async () => {
  const folder = makeFolder(rentTask);
  await expect(readTask(join(folder, "nowhere"))).rejects.toThrow(/nowhere does not exist; give/);
  await expect(readTask(join(folder, "task.md"))).rejects.toThrow(/task\.md is a file; give/);
});

test("a folder without description, or without data, is refused", async () => {
  await expect(readTask(makeFolder({ "train.csv": train }))).rejects.toThrow(
    /has no description; write/,
  );
  await expect(readTask(makeFolder({ "task.md": description }))).rejects.toThrow(
    /has a description but no data/,
  );
  await expect(
    readTask(makeFolder({ "task.md": description, "answers.csv": train })),
  ).rejects.toThrow(/has a description but no data/);
});

test("a folder with nothing to predict is refused", async () => {
  const folder = makeFolder({ "task.md": "Metric: MAE", "train.csv": train });
  await expect(readTask(folder)).rejects.toThrow(/train\.csv is the only table/);
});

test("tables that share all columns have no target", async () => {
  const folder = makeFolder({ "task.md": description, "train.csv": train, "test.csv": train });
  await expect(readTask(folder)).rejects.toThrow(/train\.csv has no column that test\.csv lacks/);
});

test("a table without a role that cannot be read is told in the profile, not refused", async () => {
  const { draft } = await readTask(makeFolder({ ...rentTask, "notes.csv": "a,b\n1\n" }));
  expect(draft.profile).toContain("Not read as a table: notes.csv line 2 has 1 field");
});
