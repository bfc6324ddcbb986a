import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { ExecutionCache } from "../tools/run-python/cache/execution-cache.ts";
import { median, sandboxBench, timed } from "./sandbox-bench.ts";

// What the sandbox, waiting Pythons and the cache cost or save, for one script after the other.
const ROUNDS = 11;
const THINKING_MILLISECONDS = 4000;
const SCRIPTS = {
  empty: "pass\n",
  imports: "import pandas, sklearn.ensemble, sklearn.metrics, sklearn.model_selection, lightgbm\n",
  small: `import numpy as np, pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
import lightgbm
x = np.random.default_rng(0).normal(size=(2000, 10))
print("Final Validation Performance:", cross_val_score(LogisticRegression(), x, x[:, 0] > 0, cv=3).mean())
`,
};
const run = promisify(execFile);
const { environment, executor, runner, folder, clean } = await sandboxBench();
const core = String(environment.plan.slots[0]?.[0] ?? 0);
let attempt = 0;

for (const [name, script] of Object.entries(SCRIPTS)) {
  const runPython = runner();
  const times: Record<"plain" | "sandboxed", number[]> = { plain: [], sandboxed: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const words = ["-c", core, environment.interpreter, "-c", script];
    times.plain.push(await timed(() => run("taskset", words)));
    attempt += 1;
    const request = { id: `attempt-${attempt}`, script, purpose: "solution" as const };
    times.sandboxed.push(await timed(() => runPython(request)));
  }
  const [plain, sandboxed] = [median(times.plain), median(times.sandboxed)];
  console.log(
    `${name}: plain Python ${plain.toFixed(0)} ms, ${executor.name} ${sandboxed.toFixed(0)} ms, ratio ${(sandboxed / plain).toFixed(2)}`,
  );
  await runPython.close();
}

for (const prewarm of [false, true]) {
  const runPython = runner({ prewarm });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const request = { id: `${round}`, script: SCRIPTS.small, purpose: "solution" as const };
    times.push(await timed(() => runPython(request)));
    await sleep(THINKING_MILLISECONDS);
  }
  console.log(`small, ${prewarm ? "pre-warmed" : "cold"}: ${median(times.slice(1)).toFixed(0)} ms`);
  await runPython.close();
}

const executions = new ExecutionCache(join(folder, "cache"));
const cache = {
  executions,
  dataDigest: "data",
  environmentDigest: environment.digest,
  onProblem: console.error,
};
const hits: number[] = [];
for (let round = 0; round <= ROUNDS; round += 1) {
  const runPython = runner({ cache });
  const request = { id: "cached", script: SCRIPTS.small, purpose: "solution" as const };
  hits.push(await timed(() => runPython(request)));
  await runPython.close();
}
console.log(
  `small, cache: first ${hits[0]?.toFixed(0)} ms, hit ${median(hits.slice(1)).toFixed(0)} ms`,
);
clean();
