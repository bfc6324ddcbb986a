import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findGroups } from "../../../tools/run-python/groups/find-groups.ts";
import { BUBBLEWRAP } from "./backends.ts";
import { processesOf, setUp } from "./runner-fixture.ts";
import { openTargets } from "./targets.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/hostile");
const names = readdirSync(FOLDER).map((file) => file.replace(/\.py$/, ""));

process.env["OPENAI_API_KEY"] = "sk-secret-of-the-tests";
const targets = await openTargets();
afterAll(targets.close);

/** First what must work, to show that only the limit stops the act; then the act. */
const PRELUDE = 'import json\nTARGETS = json.load(open("input/targets.json"))\n';
const EPILOGUE = `
for name in ("control", "act"):
    if name in globals():
        try:
            globals()[name]()
        except BaseException as error:
            print(name, "failed:", type(error).__name__, error, flush=True)
        else:
            print(name, "works", flush=True)
`;

/** Few enough for a work folder in memory, and too many. */
const DISK = { inMemory: 200, onDisk: 400 };
const COUNTED = findGroups() !== null;

async function attack(name: string, diskMb: number) {
  const text = readFileSync(join(FOLDER, `${name}.py`), "utf8");
  const directive = (key: string) => new RegExp(`^# ${key}: (.*)$`, "m").exec(text)?.[1] ?? null;
  // Never anywhere but in a sandbox that a harmless script has looked at from inside.
  if (BUBBLEWRAP?.name !== "bubblewrap") throw new Error("hostile scripts run in the sandbox only");
  const seed = 1000 + Math.floor(Math.random() * 1e9);
  const { runPython, inputFolder, folder } = setUp({
    executor: BUBBLEWRAP,
    seconds: directive("outcome") === "timeout" ? 2 : 30,
    seed,
    plan: {
      ...{ slots: [[0]], gpus: [], cpusPerSlot: 1, memoryMbPerSlot: 1024 },
      diskMbPerSlot: Number(directive("disk") ?? diskMb),
    },
  });
  writeFileSync(join(inputFolder, "targets.json"), JSON.stringify(targets.addresses));
  const script = PRELUDE + text + EPILOGUE;
  const run = await runPython({ id: name, script, purpose: "solution" });
  return { run, directive, seed, workFolders: () => readdirSync(join(folder, "work")) };
}

// What concerns the disk is tried in both kinds of work folder.
const trials = names.flatMap((name) =>
  (name.startsWith("disk-") ? [DISK.inMemory, DISK.onDisk] : [DISK.inMemory]).map((diskMb) => ({
    name,
    diskMb,
  })),
);

test.for(trials)(
  "$name does not get through, with a work folder of $diskMb MB",
  { timeout: 60_000 },
  async ({ name, diskMb }, { skip }) => {
    skip(BUBBLEWRAP === null, "needs bubblewrap and a kernel that lets it make user namespaces");
    const { run, directive, seed, workFolders } = await attack(name, diskMb);
    skip(directive("needs") === "control groups" && !COUNTED, "needs control groups");
    const outcome = directive("outcome");
    const submission = directive("submission");
    if (submission !== null) {
      expect(run.submission?.valid).toBe(false);
      expect(run.submission?.problem).toContain(submission);
    } else if (outcome !== null) {
      expect(run.stdout).toContain("control works");
      // Where the system refuses first, the script may die of that before it can say so.
      if (!run.stdout.includes("act failed:")) expect([outcome, "error"]).toContain(run.outcome);
    } else {
      expect(run.stdout).toContain("control works\n");
      expect(run.stdout).toContain("act failed:");
    }
    expect(run.stdout + run.stderr).not.toContain("sk-secret");
    expect(targets.visits).toEqual([]);
    expect(processesOf(seed)).toEqual([]);
    expect(workFolders()).toEqual([]);
  },
);
