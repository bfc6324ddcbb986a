import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { collectOutput } from "../../../tools/run-python/collect-output.ts";

function work() {
  const folder = mkdtempSync(join(tmpdir(), "collect-output-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "final"));
  const [from, to] = [join(folder, "final", "a.csv"), join(folder, "taken", "a.csv")];
  return { from, to, collect: () => collectOutput(folder, ["final", "a.csv"], to) };
}

test("a file with a gigabyte of holes takes no gigabyte of disk, and keeps its length", async () => {
  const { from, to, collect } = work();
  writeFileSync(from, "id,target\n");
  truncateSync(from, 2 ** 30);
  expect(await collect()).toBe("taken");
  const { size, blocks } = statSync(to);
  expect(size).toBe(2 ** 30);
  expect(blocks * 512).toBeLessThan(2 ** 20);
});

test("a file arrives byte by byte, with zeros in it and at its end", async () => {
  const { from, to, collect } = work();
  const bytes = Buffer.alloc(700_001);
  for (const place of [0, 262_143, 262_144, 600_000]) bytes[place] = 7;
  writeFileSync(from, bytes);
  expect(await collect()).toBe("taken");
  expect(readFileSync(to).equals(bytes)).toBe(true);
  writeFileSync(from, "");
  await collect();
  expect(readFileSync(to, "utf8")).toBe("");
});
