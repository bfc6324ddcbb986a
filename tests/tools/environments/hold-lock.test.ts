import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { withLock } from "../../../tools/environments/hold-lock.ts";

function lockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "hold-lock-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "a.lock");
}

test("one after the other, also within a process, and after a failure", async () => {
  const path = lockFile();
  let inside = 0;
  const work = async () => {
    inside += 1;
    await sleep(20);
    expect(inside).toBe(1);
    inside -= 1;
  };
  await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
});

test("what a killed process held is free", async () => {
  const path = lockFile();
  const program = fileURLToPath(new URL("./hold-a-lock.ts", import.meta.url));
  const holder = spawn(process.execPath, [program, path], { stdio: ["ignore", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  let waited = false;
  const onWait = () => {
    waited = true;
    holder.kill("SIGKILL");
  };
  await expect(withLock(path, async () => "mine", { onWait })).resolves.toBe("mine");
  expect(waited).toBe(true);
});

test("who is told to stop waits no longer", async () => {
  const path = lockFile();
  const stop = new AbortController();
  const onWait = () => stop.abort();
  await withLock(path, async () => {
    const second = withLock(path, async () => {}, { onWait, signal: stop.signal });
    await expect(second).rejects.toThrow(/abort/);
  });
});
