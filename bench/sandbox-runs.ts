import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { planSlots, thisMachine } from "../tools/machine/plan-slots.ts";
import { sandboxBench } from "./sandbox-bench.ts";

// Two runs at once, each a process of its own, against one alone: with the machine shared between them, and without.
const SCRIPTS = 8;
const SCRIPT_TEXTS: Record<string, string> = {
  // Says how fairly slots are given, whatever else the machine does.
  "that only wait": "import time\ntime.sleep(0.7)\n",
  "that train": `import numpy as np
from lightgbm import LGBMClassifier
x = np.random.default_rng(0).normal(size=(30_000, 20))
y = (x[:, 0] + x[:, 1] ** 2 > 1).astype(int)
LGBMClassifier(n_estimators=150, n_jobs=-1, verbose=-1).fit(x, y)
`,
};

/** One run: prints when it began and when each of its scripts ended, as milliseconds of the wall clock. */
async function runScripts(file: string, script: string): Promise<void> {
  const plan = planSlots(thisMachine(environment.plan.gpus));
  const runPython = runner({ plan, sharesFile: file });
  process.stdout.write(`${Date.now()}\n`);
  const scripts = Array.from({ length: SCRIPTS }, async (_, number) => {
    const id = `track-${number % 2}/attempt-${number}`;
    const run = await runPython({ id, script, purpose: "solution" });
    if (!run.ok) throw new Error(run.stderr);
    process.stdout.write(`${Date.now()}\n`);
  });
  await Promise.all(scripts);
  await runPython.close();
}

async function runProcess(kind: string, file: string): Promise<number[]> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), kind, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ends: number[] = [];
  createInterface(child.stdout).on("line", (line) => ends.push(Number(line)));
  const [code]: unknown[] = await once(child, "close");
  if (code !== 0) throw new Error(`a run ended with code ${code}`);
  return ends;
}

async function compare(kind: string): Promise<void> {
  const fileOf = (name: string) => join(folder, kind, name);
  const alone = secondsOf([await runProcess(kind, fileOf("alone.sqlite"))]);
  console.log(`${SCRIPTS} scripts ${kind}, of one run alone: ${alone.toFixed(1)} s`);
  for (const [name, files] of [
    ["sharing the machine", ["shared.sqlite", "shared.sqlite"]],
    ["unaware of each other", ["first.sqlite", "second.sqlite"]],
  ] as const) {
    const runs = await Promise.all(files.map((file) => runProcess(kind, fileOf(file))));
    const seconds = secondsOf(runs);
    const firstEnd = Math.min(...runs.map((ends) => Math.max(...ends)));
    const served = runs.map((ends) => ends.filter((end) => end <= firstEnd).length - 1);
    console.log(
      `two such runs at once, ${name}: ${seconds.toFixed(1)} s (${(seconds / alone).toFixed(2)} times one alone); when the first was done, ${served.join(" and ")} scripts had ended`,
    );
  }
}

const secondsOf = (runs: number[][]) =>
  (Math.max(...runs.flat()) - Math.min(...runs.flat())) / 1000;

const { environment, runner, folder, clean } = await sandboxBench();
const [, , kind = "", sharesFile] = process.argv;
if (sharesFile !== undefined) await runScripts(sharesFile, SCRIPT_TEXTS[kind] ?? "");
else for (const name of Object.keys(SCRIPT_TEXTS)) await compare(name);
clean();
