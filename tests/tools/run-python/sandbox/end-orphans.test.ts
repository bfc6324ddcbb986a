import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { endOrphans } from "../../../../tools/run-python/sandbox/end-orphans.ts";

/** A program that waits, called by such a name and with such words. */
function waiting(command: string, ...words: string[]) {
  const child = spawn(command, ["-c", "read line", ...words], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise((done) => child.once("exit", (_, signal) => done(signal)));
  const started = new Promise<void>((done) => child.once("spawn", done));
  return { child, ended, started };
}

test("a sandbox over the run's data is ended, others and other programs are not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-orphans-"));
  const bwrap = join(folder, "bwrap");
  copyFileSync("/bin/sh", bwrap);
  const orphan = waiting(bwrap, "--ro-bind", "/stage/0", "/runs/a/input");
  const others = [
    waiting(bwrap, "--ro-bind", "/stage/0", "/runs/b/input"),
    waiting("/bin/sh", "/runs/a/input"),
  ];
  await Promise.all([orphan, ...others].map(({ started }) => started));
  endOrphans("/runs/a/input");
  expect(await orphan.ended).toBe("SIGKILL");
  expect(others.map(({ child }) => child.signalCode)).toEqual([null, null]);
});
