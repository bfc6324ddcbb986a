import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { interpreterRoots } from "../../../../tools/environments/interpreter-roots.ts";
import { probeInterpreter } from "../../../../tools/environments/probe-interpreter.ts";
import { mayMount } from "../../../../tools/run-python/sandbox/mount-in-place.ts";
import { copyOf } from "../../../../tools/run-python/sandbox/readable-copies.ts";
import { SCRIPTS_GROUP } from "../../../../tools/run-python/sandbox/slot-user.ts";
import { BACKENDS } from "../backends.ts";
import { setUp } from "../runner-fixture.ts";

const WHO = `
import os
print("user", os.getuid(), "groups", os.getgroups())
try:
    open("/etc/shadow").read()
    print("read the passwords")
except PermissionError:
    print("is refused")
open("final/submission.csv", "w").write("id,target\\n1,2\\n")
`;
const request = { id: "a", script: WHO, purpose: "solution" as const };

const found = await probeInterpreter("/usr/bin/python3");
const python = found && {
  interpreter: found.executable,
  interpreterRoots: interpreterRoots(found),
};

// Needs root, and a Python that is not in root's own home.
const asRoot = test.skipIf(process.getuid?.() !== 0 || python === null);

asRoot("root's scripts run as a user without rights, and their results are root's", async () => {
  const run = await setUp({ ...python }).runPython(request);
  expect(run.stdout).toBe("user 20000 groups []\nis refused\n");
  expect(run.submission).toEqual({ valid: true, problem: null });
});

const READS = `
import os
print("user", os.getuid(), open("input/train.csv").read())
open("final/submission.csv", "w").write("id,target\\n1,2\\n")
`;

asRoot.each(BACKENDS)(
  "what root alone can reach or read is shown to them by $name",
  async ({ executor }) => {
    const { runPython, inputFolder, folder } = setUp({ ...python, executor });
    writeFileSync(join(folder, "linked.csv"), "linked");
    symlinkSync(join(folder, "linked.csv"), join(inputFolder, "linked.csv"));
    // Where root may not mount, nobody else can be brought to a run folder that is closed.
    const isClosed = mayMount(join(tmpdir(), "stage"));
    for (const path of [join(inputFolder, "train.csv"), inputFolder, ...(isClosed ? [folder] : [])])
      chmodSync(path, 0o700);
    const run = await runPython({ ...request, script: READS });
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(/^user (20000|1000) id,target/);
    expect(run.submission).toEqual({ valid: true, problem: null });
    expect(statSync(inputFolder).mode & 0o777).toBe(0o700);
  },
);

asRoot("a copy is open to the users of scripts and to nobody else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "readable-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "secret.csv"), "1", { mode: 0o600 });
  const copy = await copyOf(join(folder, "secret.csv"), join(folder, "readable"));
  const read = (uid: number, gid: number) =>
    spawnSync("cat", [copy], { uid, gid }).stdout.toString();
  expect(read(20_003, SCRIPTS_GROUP)).toBe("1");
  expect(read(4711, 4711)).toBe("");
});

test.skipIf(process.getuid?.() === 0)("everybody else's scripts run as himself", async () => {
  const { stdout } = await setUp().runPython(request);
  expect(stdout).toContain(`user ${process.getuid?.()} `);
});
