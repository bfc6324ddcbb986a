import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { interpreterRoots } from "../../../../tools/environments/interpreter-roots.ts";
import { probeInterpreter } from "../../../../tools/environments/probe-interpreter.ts";
import { unconfined } from "../../../../tools/run-python/sandbox/unconfined.ts";
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

asRoot("when that user could not read the data they run as root, which is told once", async () => {
  const notices: string[] = [];
  const { runPython, inputFolder } = setUp({
    ...python,
    executor: unconfined((line) => notices.push(line)),
  });
  chmodSync(inputFolder, 0o700);
  expect((await runPython(request)).stdout).toContain("user 0");
  expect(await runPython({ ...request, id: "b" })).toMatchObject({ ok: true });
  expect(notices).toEqual([
    `Scripts run as root and without a sandbox: no other user can read ${inputFolder}.`,
  ]);
});

test.skipIf(process.getuid?.() === 0)("everybody else's scripts run as himself", async () => {
  const { stdout } = await setUp().runPython(request);
  expect(stdout).toContain(`user ${process.getuid?.()} `);
});
