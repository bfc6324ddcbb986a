import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { BUBBLEWRAP } from "./backends.ts";
import { processesOf, setUp } from "./runner-fixture.ts";

const WHEN_STARTED = `
import os, sys, time
started = float(open("/proc/self/stat").read().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
print("started", started)
print("rows", os.environ.get("MLE_STAR_MAX_TRAIN_ROWS"))
print("stdin", repr(sys.stdin.read()), "files", sorted(os.listdir(".")))
print("Final Validation Performance: 1")
`;

function prepared() {
  if (BUBBLEWRAP === null) throw new Error("needs bubblewrap");
  const seed = 1000 + Math.floor(Math.random() * 1e9);
  const plan = {
    slots: [[0]],
    gpus: [],
    cpusPerSlot: 1,
    memoryMbPerSlot: 1024,
    diskMbPerSlot: 200,
  };
  const fixture = setUp({ executor: BUBBLEWRAP, seed, plan, prewarm: true });
  /** Whether its Python was there before it was asked for. */
  const ran = async (id: string, purpose: "solution" | "submission" = "solution") => {
    const asked = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
    const run = await fixture.runPython({ id, script: `${WHEN_STARTED}# ${id}`, purpose });
    expect(run).toMatchObject({ ok: true });
    // Start times are counted in hundredths.
    return { run, waited: Number(/^started (.*)$/m.exec(run.stdout)?.[1]) < asked - 0.02 };
  };
  return { ...fixture, seed, ran };
}

// Needs bubblewrap and a kernel that lets it make user namespaces.
const sandboxed = test.skipIf(BUBBLEWRAP === null);

sandboxed("the second script runs in a Python that was started before it", async () => {
  const { ran } = prepared();
  expect((await ran("first")).waited).toBe(false);
  await sleep(1500);
  const { run, waited } = await ran("second", "submission");
  expect(waited).toBe(true);
  expect(run.stdout).toContain("rows None");
  expect(run.stdout).toContain("stdin '' files ['final', 'input', 'solution.py']");
  expect(run.stdout.startsWith("started")).toBe(true);
  expect((await ran("third")).run.stdout).toContain("rows 500");
});

sandboxed("closing ends what waits and removes its folder", async () => {
  const { ran, runPython, seed, folder } = prepared();
  await ran("first");
  await sleep(300);
  expect(processesOf(seed).length).toBeGreaterThan(0);
  await runPython.close();
  expect(processesOf(seed)).toEqual([]);
  expect(readdirSync(join(folder, "work"))).toEqual([]);
});

sandboxed("limits hold for a script in a Python that waited for it", async () => {
  const { run, ran, attemptsFolder } = prepared();
  await ran("first");
  await sleep(1000);
  expect(await run("takes-memory", "second")).toMatchObject({ outcome: "memory" });
  expect(await run("leaves-open-files", "third")).toMatchObject({ ok: true });
  const submission = join(attemptsFolder, "third", "final", "submission.csv");
  expect(readFileSync(submission, "utf8")).toBe("id,target\n");
});

sandboxed("a script that comes while its Python still gets ready is not kept waiting", async () => {
  const { ran, run } = prepared();
  await ran("first");
  expect((await ran("second")).run.stdout).toContain("rows 500");
  expect((await run("fails", "third")).stderr).toMatch(/^Traceback/);
});
