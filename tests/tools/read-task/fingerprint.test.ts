import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fingerprint as known } from "../../../tools/read-task/fingerprint.ts";
import { makeFolder } from "./make-folder.ts";

const files = { "a.csv": "x\n1\n", "b/c.csv": "y\n2\n" };

const fingerprint = async (folder: string, paths: string[]) =>
  (await known(folder, paths)).fingerprint;

test("each file has a digest of its own, by which a change is told", async () => {
  const folder = makeFolder(files);
  const before = await known(folder, ["a.csv", "b/c.csv"]);
  writeFileSync(join(folder, "a.csv"), "x\n3\n");
  const after = await known(folder, ["a.csv", "b/c.csv"]);
  expect(after.files["b/c.csv"]).toBe(before.files["b/c.csv"]);
  expect(after.files["a.csv"]).not.toBe(before.files["a.csv"]);
});

test("the same files have the same fingerprint, wherever they are and however they are listed", async () => {
  const first = await fingerprint(makeFolder(files), ["a.csv", "b/c.csv"]);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprint(makeFolder(files), ["b/c.csv", "a.csv"])).toBe(first);
});

test("a changed, renamed, added or shifted byte changes it", async () => {
  const folder = makeFolder(files);
  const seen = new Set([await fingerprint(folder, ["a.csv", "b/c.csv"])]);
  writeFileSync(join(folder, "a.csv"), "x\n3\n");
  seen.add(await fingerprint(folder, ["a.csv", "b/c.csv"]));
  renameSync(join(folder, "a.csv"), join(folder, "d.csv"));
  seen.add(await fingerprint(folder, ["d.csv", "b/c.csv"]));
  seen.add(await fingerprint(folder, ["d.csv"]));
  const joined = makeFolder({ "a.csv": "x\n1\ny\n", "b/c.csv": "2\n" });
  seen.add(await fingerprint(joined, ["a.csv", "b/c.csv"]));
  expect(seen.size).toBe(5);
});
