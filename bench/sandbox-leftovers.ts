import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processTree } from "../tools/run-python/sandbox/process-tree.ts";
import { sandboxBench } from "./sandbox-bench.ts";

// After many scripts, of which a third time out with children and daemons, nothing of them is left on the machine.
const SCRIPTS = Number(process.argv[2] ?? 500);
const GOOD = 'open("final/submission.csv", "w").write("id\\n1\\n")\n';
const FAILING = 'import tempfile\ntempfile.mkdtemp()\nraise ValueError("no")\n';
const HANGING = `
import os, subprocess, sys, tempfile, time
tempfile.mkdtemp()
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
time.sleep(600)
`;

// Of its own, so that nothing of another program's is counted.
const temporary = mkdtempSync(join(tmpdir(), "sandbox-leftovers-"));
process.env["TMPDIR"] = temporary;

function leftovers() {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").trim().split("\n").length;
  const descriptors = readdirSync("/proc/self/fd").length;
  const folders = readdirSync(temporary).length;
  const own = processTree(process.pid).length;
  const sandboxed = readdirSync("/proc").filter((name) => isOfScript(name)).length;
  return { processes: own, scripts: sandboxed, mounts, descriptors, folders };
}

function isOfScript(name: string): boolean {
  if (!/^\d+$/.test(name)) return false;
  try {
    return readFileSync(`/proc/${name}/environ`, "utf8").includes("MLE_STAR_TIME_LIMIT_S=1.25\0");
  } catch {
    return false;
  }
}

const { runner, folder, clean } = await sandboxBench();
const runPython = runner({ seconds: 1.25, prewarm: true });
await runPython({ id: "first", script: GOOD, purpose: "solution" });
const before = { ...leftovers(), scripts: 0 };
const outcomes: Record<string, number> = {};
await Promise.all(
  Array.from({ length: SCRIPTS }, async (_, number) => {
    const script = [GOOD, FAILING, HANGING][number % 3] ?? GOOD;
    const run = await runPython({ id: `script-${number}`, script, purpose: "solution" });
    outcomes[run.outcome] = (outcomes[run.outcome] ?? 0) + 1;
  }),
);
await runPython.close();
const after = leftovers();
const workFolders = readdirSync(join(folder, "run-1", "work")).length;
console.log(`${SCRIPTS} scripts: ${JSON.stringify(outcomes)}`);
console.log(`before: ${JSON.stringify(before)}`);
console.log(`after:  ${JSON.stringify({ ...after, workFolders })}`);
clean();
rmSync(temporary, { recursive: true });
if (after.scripts > 0 || workFolders > 0 || after.mounts > before.mounts) process.exitCode = 1;
if (after.processes > before.processes || after.folders > before.folders) process.exitCode = 1;
if (after.descriptors > before.descriptors) process.exitCode = 1;
console.log(process.exitCode === 1 ? "something is left over" : "nothing is left over");
