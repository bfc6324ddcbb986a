import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ToolError } from "../../../src/core/errors.ts";
import { setUp } from "./runner-fixture.ts";

/** A runner whose attempts lie on a disk of their own, of some megabytes. */
function onSmallDisk(megabytes: number) {
  const { folder } = setUp();
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const size = `size=${megabytes}m,mode=777`;
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", size, "disk", disk]).status).toBe(0);
  onTestFinished(() => void spawnSync("umount", ["--lazy", disk]));
  const attemptsFolder = join(disk, "attempts");
  return { ...setUp({ attemptsFolder }, folder), disk, attemptsFolder };
}

// Needs root, to mount a small disk.
const mounted = test.skipIf(process.getuid?.() !== 0 || process.platform !== "linux");
const OWN = /^A script's attempt cannot be kept in .*attempts \((\w+): .*resume the run\.$/;

mounted(
  "a disk without space ends in a sentence, and with space the same script runs",
  async () => {
    const { run, disk, attemptsFolder, again } = onSmallDisk(4);
    await expect(run("prints-score", "a")).rejects.toThrow(
      new ToolError(
        `Less than 512 MB are free on the disk of ${join(attemptsFolder, "a")}: free some, then resume the run.`,
      ),
    );
    spawnSync("mount", ["-o", "remount,size=600m", disk]);
    expect(await again().run("prints-score", "a")).toMatchObject({ id: "a", ok: true });
  },
);

mounted("a script that fails while others fill the disk is no result", async () => {
  const { runPython, disk, attemptsFolder, started } = onSmallDisk(530);
  const script = 'import time\ntime.sleep(0.7)\nraise OSError(28, "No space left")';
  const run = runPython({ id: "a", script, purpose: "solution" });
  run.catch(() => {});
  while (started.length === 0) await sleep(10);
  await sleep(200);
  writeFileSync(join(disk, "ballast"), Buffer.alloc(40 * 2 ** 20));
  await expect(run).rejects.toThrow(/^Less than 512 MB are free .*resume the run\.$/);
  expect(existsSync(join(attemptsFolder, "a/result.json"))).toBe(false);
});

test("attempts that cannot be written end in a sentence, with nothing started", async () => {
  const isRoot = process.getuid?.() === 0;
  const fixture = setUp();
  const { run, attemptsFolder, started } = isRoot ? onSmallDisk(600) : fixture;
  mkdirSync(attemptsFolder);
  if (isRoot) spawnSync("mount", ["-o", "remount,ro", join(attemptsFolder, "..")]);
  else chmodSync(attemptsFolder, 0o555);
  await expect(run("prints-score", "a")).rejects.toThrow(OWN);
  await expect(run("prints-score", "b")).rejects.toThrow(ToolError);
  expect(started.length).toBeLessThanOrEqual(2);
});
