import { expect, test } from "vitest";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder, rentTask } from "./make-folder.ts";

const profileOf = async (files: Record<string, string>) =>
  (await readTask(makeFolder({ ...rentTask, ...files }))).draft.profile;
const numbers = (length: number) => Array.from({ length }, (_, index) => index);

test("the profile says what a person would look at first", async () => {
  expect(await profileOf({})).toMatchInlineSnapshot(`
    "Files in ./input:
    - sample_submission.csv: 16 bytes
    - task.md: 77 bytes
    - test.csv: 32 bytes
    - train.csv: 74 bytes

    Training table train.csv: 4 rows, 4 columns
    - id (id): whole number, 1 to 4, 4 distinct
    - area: number, 40.5 to 60, 1 missing (25 %), 3 distinct
    - city: category, 3 distinct, such as "Ulm", "Bonn", "Kiel"
    - rent (target): number, 480 to 720.5, 4 distinct

    Target rent: regression, 4 distinct values; minimum 480, 5 % 480, 25 % 500, median 610, 75 % 610, 95 % 720.5, maximum 720.5; mean 577.63, standard deviation 96.2, skewness 0.436

    First rows of train.csv:
    id,area,city,rent
    1,40.5,Ulm,500
    2,60,Bonn,720.5
    3,55,Ulm,610

    Test table test.csv: 2 rows; without the training columns rent; new, of another type or otherwise missing:
    - area: whole number, 44 to 70, 2 distinct

    First rows of sample_submission.csv:
    id,rent
    5,0
    6,0"
  `);
});

test("columns that differ in a number only are described together", async () => {
  const names = numbers(64).map((pixel) => `pixel_${pixel}`);
  const row = (id: number) => [id, ...names.map((_, index) => index % 7)].join(",");
  const profile = await profileOf({
    "train.csv": `id,${names},rent\n${row(1)},10\n${row(2)},20\n`,
    "test.csv": `id,${names}\n${row(5)}\n${row(6)}\n`,
  });
  expect(profile).toContain(
    "- pixel_0 ... pixel_63 (64 columns): whole number, 0 to 6, 1 distinct\n",
  );
});

test("thousands of columns and files leave it bounded", async () => {
  const names = numbers(3000).map(
    (index) => `${"abcdefghij"[index % 10]}${"x".repeat(index % 50)}y${index % 7}`,
  );
  const header = [...new Set(names)];
  const row = (id: number) =>
    [id, ...header.map((name) => `"${name} of some length, ${id}"`)].join(",");
  const files = numbers(2000).map((index) => [`pictures/${index % 40}/p${index}.jpg`, "x"]);
  const profile = await profileOf({
    ...Object.fromEntries(files),
    "train.csv": `id,${header},rent\n${row(1)},10\n${row(2)},20\n`,
    "test.csv": `id,${header}\n${row(5)}\n${row(6)}\n`,
  });
  expect(profile.length).toBeLessThan(8000);
  expect(profile).toContain(
    "- pictures/ (40 folders): 2,000 .jpg files, 2 KB, such as pictures/0/p0.jpg\n",
  );
  expect(profile).toMatch(/- and \d+ more lines like these/);
});

test("classes are listed with their share, the most frequent first", async () => {
  const profile = await profileOf({
    "task.md": "Metric: accuracy",
    "train.csv": "id,area,rent\n1,5,low\n2,6,high\n3,7,low\n4,8,\n",
  });
  expect(profile).toContain(
    "Target rent: binary, 2 classes: low (2, 66.7 %), high (1, 33.3 %); 1 row without a value",
  );
});

test("what the test table has otherwise is told", async () => {
  const profile = await profileOf({
    "train.csv": "id,area,city,rent\n1,40,Ulm,5\n2,50,Bonn,6\n",
    "test.csv": "id,area,city,floor\n5,x,Ulm,1\n6,,Kiel,2\n",
  });
  expect(profile).toContain(
    "without the training columns rent; new, of another type or otherwise missing:",
  );
  expect(profile).toMatch(/- area: category, 1 missing \(50 %\)/);
  expect(profile).toMatch(/- floor: whole number, 1 to 2/);
});
