import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeInputFolder } from "../../../../tools/measure/ground/input-folder.ts";
import { readTask } from "../../../../tools/read-task/read-task.ts";
import { linkTargets } from "../../../../tools/run-python/sandbox/data-links.ts";
import { makeFolder, rentTask } from "../../read-task/make-folder.ts";

const shownIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();

test("scripts see what may be seen and nothing beside it: no hidden file, no answers", async () => {
  const folder = makeFolder({
    ...rentTask,
    ".answers.csv": "id,rent\n5,600\n6,900\n",
    ".env": "KEY=1",
    "notes.csv~": "",
    "whole/a.png": "a",
    "parted/b.png": "b",
    "parted/.answers.csv": "id,rent\n5,600\n6,900\n",
    "private/c.png": "c",
  });
  const input = join(makeFolder({}), "input");
  makeInputFolder(input, await readTask(folder));
  expect(shownIn(input)).toEqual([...Object.keys(rentTask), "a.png", "b.png", "whole"].toSorted());
  expect(lstatSync(join(input, "whole")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(input, "whole/a.png"), "utf8")).toBe("a");
});

test("a folder of thousands of files with a hidden one among them, or of links, needs few mounts", async () => {
  const elsewhere = makeFolder({});
  const folder = makeFolder({ ...rentTask, "images/.DS_Store": "", "linked/0": "" });
  for (let at = 0; at < 1500; at += 1) {
    writeFileSync(join(folder, `images/${at}.png`), "");
    writeFileSync(join(elsewhere, `${at}.png`), "");
    symlinkSync(join(elsewhere, `${at}.png`), join(folder, `linked/${at}.png`));
  }
  const input = join(makeFolder({}), "input");
  makeInputFolder(input, await readTask(folder));
  expect(linkTargets(input).length).toBeLessThanOrEqual(500);
  expect(shownIn(join(input, "images")).length + shownIn(join(input, "linked")).length).toBe(3001);
});
