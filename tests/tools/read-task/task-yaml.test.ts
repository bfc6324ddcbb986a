import { expect, test } from "vitest";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { openTaskFolder } from "../../../tools/read-task/task-folder.ts";
import { readTaskYaml } from "../../../tools/read-task/task-yaml.ts";
import { makeFolder } from "./make-folder.ts";

const read = async (files: Record<string, string>) => {
  const { folder, files: listed } = openTaskFolder(makeFolder(files));
  return readTaskYaml(folder, listed);
};

test("all fields are optional, and names may be numbers", async () => {
  expect(await read({ "x.csv": "" })).toEqual({});
  expect(await read({ "task.yaml": "# nothing yet\n" })).toEqual({});
  expect(await read({ "task.yml": "target: 2024\nid: [a, b]" })).toEqual({
    target: ["2024"],
    id: ["a", "b"],
  });
});

test.each([
  { text: "7200", seconds: 7200 },
  { text: "90s", seconds: 90 },
  { text: "30 min", seconds: 1800 },
  { text: "2h", seconds: 7200 },
  { text: "1.5 Hours", seconds: 5400 },
  { text: "1d", seconds: 86_400 },
])("a time limit of $text is $seconds seconds", async ({ text, seconds }) => {
  expect(await read({ "task.yaml": `time_limit: ${text}` })).toEqual({ time_limit: seconds });
});

test.each([
  { text: "metrics: rmse", says: /no field "metrics"; the fields are name, metric, direction/ },
  { text: "direction: up", says: /"direction" must be minimize or maximize/ },
  { text: "modality: smell", says: /"modality" must be one of tabular, text/ },
  { text: "time_limit: soon", says: /"time_limit" must be seconds, or a text such as "2h"/ },
  { text: "time_limit: -5", says: /"time_limit" must be seconds/ },
  { text: "target: []", says: /"target" must be a name or a list of names/ },
  { text: "metric: [a]", says: /"metric" must be a name/ },
  { text: "- metric", says: /it must be a list of fields/ },
  { text: "metric: 'x", says: /is not valid YAML \(.*\); correct it/ },
])("$text is refused", async ({ text, says }) => {
  await expect(read({ "task.yaml": text })).rejects.toThrow(says);
});

test("two of them are one too many", async () => {
  await expect(read({ "task.yaml": "", "task.yml": "" })).rejects.toThrow(
    /has both task\.yaml and task\.yml/,
  );
});

test("a table that it names must be there", async () => {
  const folder = makeFolder({ "task.md": "x", "a.csv": "x\n1\n", "task.yaml": "train: b.csv" });
  await expect(readTask(folder)).rejects.toThrow(
    /"train" names b\.csv, which is no CSV or TSV file/,
  );
});
