import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, type TestContext, test } from "vitest";
import { ToolError } from "../../../src/core/errors.ts";
import { smallDisk } from "../../support/small-disk.ts";
import { setUp } from "./runner-fixture.ts";

/** A runner whose attempts lie on a disk of their own, of some megabytes; without root the test is skipped. */
function onSmallDisk(context: TestContext, megabytes: number) {
  const disk = smallDisk(context, megabytes * 1024);
  const attemptsFolder = join(disk, "attempts");
  return { ...setUp({ attemptsFolder }), disk, attemptsFolder };
}

const remount = (disk: string, option: string) =>
  spawnSync("mount", ["-o", `remount,${option}`, disk]);

test("a disk without space ends in a sentence, and with space the script runs", async (context) => {
  const { run, disk, attemptsFolder, again } = onSmallDisk(context, 4);
  await expect(run("prints-score", "a")).rejects.toThrow(
    new ToolError(
      `Less than 512 MB are free on the disk of ${join(attemptsFolder, "a")}: free some, then resume the run.`,
    ),
  );
  remount(disk, "size=600m");
  expect(await again().run("prints-score", "a")).toMatchObject({ id: "a", ok: true });
});

test("a script that fails while others fill the disk is no result", async (context) => {
  const { runPython, disk, attemptsFolder, started } = onSmallDisk(context, 530);
  const script = 'import time\ntime.sleep(0.7)\nraise OSError(28, "No space left")';
  const run = runPython({ id: "a", script, purpose: "solution" });
  run.catch(() => {});
  while (started.length === 0) await sleep(10);
  await sleep(200);
  writeFileSync(join(disk, "ballast"), Buffer.alloc(40 * 2 ** 20));
  await expect(run).rejects.toThrow(/^Less than 512 MB are free .*resume the run\.$/);
  expect(existsSync(join(attemptsFolder, "a/result.json"))).toBe(false);
});

test("attempts that cannot be written end in a sentence", async (context) => {
  const isRoot = process.getuid?.() === 0;
  const { run, attemptsFolder } = isRoot ? onSmallDisk(context, 600) : setUp();
  mkdirSync(attemptsFolder);
  if (isRoot) remount(join(attemptsFolder, ".."), "ro");
  else chmodSync(attemptsFolder, 0o555);
  const sentence = /^A script's attempt cannot be kept in .*attempts \(\w+: .*resume the run\.$/;
  await expect(run("prints-score", "a")).rejects.toThrow(sentence);
  await expect(run("prints-score", "b")).rejects.toThrow(ToolError);
});
