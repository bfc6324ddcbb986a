import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { listedMedia } from "../../../tools/convert-files/listed-media.ts";
import { openTaskFolder } from "../../../tools/read-task/task-folder.ts";

const home = mkdtempSync(join(tmpdir(), "listed-home-"));
const KINDS = ["cat", "dog", "eel"];
const twelve = Array.from({ length: 12 }, (_, at) => ({ at, kind: KINDS[at % 3] ?? "" }));

/** What is listed of a folder with these files. */
async function listed(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "listed-"));
  for (const [path, text] of Object.entries({ "task.md": "Which animal?", ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { tables, moved, gone } = await listedMedia(openTaskFolder(folder), { home });
  const linesOf = (name: string) => {
    const path = tables.get(name);
    return path === undefined ? null : readFileSync(path, "utf8").trim().split("\n");
  };
  return { train: linesOf("train.csv"), test: linesOf("test.csv"), moved, gone };
}

const files = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, path]));
const asked = twelve.map(({ at }) => `test/${at}.png`);

test.each([
  { told: "the folder", own: twelve.map(({ at, kind }) => `train/${kind}/${at}.png`) },
  { told: "the file's name", own: twelve.map(({ at, kind }) => `train/${kind}.${at}.png`) },
  { told: "a folder on top", own: twelve.map(({ at, kind }) => `${kind}/${at}.png`) },
])("$told labels a file, which is then found under a name that tells nothing", async ({ own }) => {
  const { train, test: rows, moved, gone } = await listed(files([...own, ...asked]));
  expect(train?.[0]).toBe("file,label");
  expect(rows).toEqual(["file", ...asked.map((path) => path.slice(5)).toSorted()]);
  const labels = new Map(
    train?.slice(1).map((line) => [`train/${line.split(",")[0]}`, line.split(",")[1]]),
  );
  expect(labels.size).toBe(12);
  for (const [path, from] of moved) expect(from).toContain(labels.get(path));
  expect([...moved.values()].toSorted()).toEqual(own.toSorted());
  expect([...gone].toSorted()).toEqual(own.toSorted());
});

test("the sample's ids stand beside the files that they name, and its column is the label", async () => {
  const own = twelve.map(({ at, kind }) => `train/${kind}.${at}.png`);
  const sample = ["id,animal", ...twelve.map(({ at }) => `${11 - at},cat`)].join("\n");
  const { train, test: rows } = await listed({
    ...files([...own, ...asked]),
    "sample_submission.csv": sample,
  });
  expect(train?.[0]).toBe("id,file,animal");
  expect(rows?.slice(0, 3)).toEqual(["id,file", "11,11.png", "10,10.png"]);
});

test("texts are told by what they say, in quotes where they need them", async () => {
  const own = twelve.map(({ at, kind }) => [`train/${kind}/${at}.txt`, `a ${kind}, "${at}"\nsaid`]);
  const { train, moved } = await listed(Object.fromEntries(own));
  expect(train?.[0]).toBe("file,text,label");
  expect(train?.join("\n")).toContain('"a eel, ""2""\nsaid",eel');
  expect(moved.size).toBe(0);
});

test("a task with tables of its own, or files whose names tell no label, is left as it is", async () => {
  const own = twelve.map(({ at }) => `train/${at}.png`);
  expect(await listed(files(own))).toMatchObject({ train: null, test: null });
  const tabled = {
    ...files(twelve.map(({ at, kind }) => `train/${kind}/${at}.png`)),
    "train.csv": "a,b\n1,2",
  };
  expect(await listed(tabled)).toMatchObject({ train: null, test: null });
});
