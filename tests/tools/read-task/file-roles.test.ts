import { expect, test } from "vitest";
import { chooseRoles, roleCandidates } from "../../../tools/read-task/file-roles.ts";

const roles = (tables: Record<string, string>, fixed = {}) => {
  const candidates = roleCandidates(Object.keys(tables), fixed).map((path) => ({
    path,
    columns: (tables[path] ?? "").split(","),
  }));
  return chooseRoles(candidates, fixed);
};

test.each([
  { sample: "sample_submission.csv" },
  { sample: "sampleSubmission.csv" },
  { sample: "submission_format.csv" },
  { sample: "gender_submission.csv" },
  { sample: "example_submission.tsv" },
])("$sample is the sample", ({ sample }) => {
  const tables = { "train.csv": "id,x,y", "test.csv": "id,x", [sample]: "id,y" };
  expect(roles(tables)).toEqual({ train: "train.csv", test: "test.csv", sample });
});

test("plain names near the top win over others", () => {
  const tables = {
    "old/train.csv": "id,x,y",
    "train.csv": "id,x,y",
    "train_extra.csv": "id,x,y",
    "test_meta.csv": "id",
    "data_test.csv": "id,x",
    "test.tsv": "id,x",
    "submission_old.csv": "id,y",
    "sample_submission.csv": "id,y",
  };
  expect(roles(tables)).toEqual({
    train: "train.csv",
    test: "test.tsv",
    sample: "sample_submission.csv",
  });
});

test("the training table is the one with the labels", () => {
  const tables = {
    "train.csv": "id,x",
    "train_labels.csv": "id,y",
    "test.csv": "id,x",
    "sample_submission.csv": "id,y",
  };
  expect(roles(tables).train).toBe("train_labels.csv");
});

test("a single table without a telling name is the training table", () => {
  expect(roles({ "houses.csv": "id,x,y", "test.csv": "id,x" }).train).toBe("houses.csv");
  expect(roles({ "a.csv": "id,x", "b.csv": "id,y", "test.csv": "id" }).train).toBeNull();
});

test("task.yaml decides", () => {
  const tables = { "train.csv": "id,y", "a.csv": "id,y", "b.csv": "id", "c.csv": "id,y" };
  const fixed = { train: "a.csv", test: "b.csv", sample_submission: "c.csv" };
  expect(roles(tables, fixed)).toEqual({ train: "a.csv", test: "b.csv", sample: "c.csv" });
});

test("only so many tables are looked into", () => {
  const many = Array.from({ length: 500 }, (_, index) => `train_${index}.csv`);
  expect(roleCandidates([...many, "train.csv"], {})).toHaveLength(20);
  expect(roleCandidates([...many, "train.csv"], {})[0]).toBe("train.csv");
});
