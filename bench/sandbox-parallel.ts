import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { planSlots, thisMachine } from "../tools/machine/plan-slots.ts";
import { sandboxBench, timed } from "./sandbox-bench.ts";

// Two scripts at once against one after the other: with the rules for threads and cores, and as Python does by itself.
const training = (model: string) => `import numpy as np
x = np.random.default_rng(0).normal(size=(20_000, 20))
y = (x[:, 0] + x[:, 1] ** 2 > 1).astype(int)
${model}
`;
const SCRIPTS = {
  "histogram boosting": training(
    "from sklearn.ensemble import HistGradientBoostingClassifier\nHistGradientBoostingClassifier(max_iter=100).fit(x, y)",
  ),
  "LightGBM with n_jobs=-1": training(
    "from lightgbm import LGBMClassifier\nLGBMClassifier(n_estimators=200, n_jobs=-1, verbose=-1).fit(x, y)",
  ),
  "LightGBM with num_threads=8": training(
    'import lightgbm as lgb\nlgb.train({"num_threads": 8, "objective": "binary", "verbose": -1}, lgb.Dataset(x, y), 200)',
  ),
};

const { environment, runner, clean } = await sandboxBench();
const parallel = environment.plan;
const whole = planSlots(thisMachine(), 1);
console.log(`${availableParallelism()} cores; one after the other each has all of them`);

for (const [name, script] of Object.entries(SCRIPTS)) {
  const both = async (plan: typeof whole) => {
    const runPython = runner({ plan });
    const ids = ["first", "second"];
    const seconds = await timed(() =>
      Promise.all(ids.map((id) => runPython({ id, script, purpose: "solution" }))),
    );
    await runPython.close();
    return seconds / 1000;
  };
  const plain = async () => {
    const words = ["-c", script];
    const child = spawn(environment.interpreter, words, { stdio: "ignore", timeout: 120_000 });
    await once(child, "exit");
  };
  const sequence = await both(whole);
  const ruled = await both(parallel);
  const alone =
    (await timed(async () => {
      await plain();
      await plain();
    })) / 1000;
  const unruled = (await timed(() => Promise.all([plain(), plain()]))) / 1000;
  console.log(
    `${name}: with our rules ${sequence.toFixed(1)} s -> ${ruled.toFixed(1)} s (speed-up ${(sequence / ruled).toFixed(2)}); without ${alone.toFixed(1)} s -> ${unruled.toFixed(1)} s (speed-up ${(alone / unruled).toFixed(2)})`,
  );
}
clean();
