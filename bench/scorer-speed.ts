import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { EXECUTOR, SCIENCE } from "../tests/tools/measure/scorer/science.ts";
import { startScorer } from "../tools/measure/scorer/scorer.ts";

/**
 * How long the scorer takes for 200,000 lines of 20 classes (from the file to score, error, interval and the difference to the
 * parent) and for a blend of 200 members on 20,000 lines: seconds of the clock, on an idle machine those of one core.
 */
const MAKE = `
import json, os, sys
import numpy as np, pandas as pd
os.chdir(sys.argv[1])
random = np.random.default_rng(0)
def make(name, metric, lines, classes, attempts):
    truth = random.integers(0, classes, lines)
    columns = [f"c{k}" for k in range(classes)] if classes > 2 else ["c1"]
    kept = slice(None) if classes > 2 else slice(1, 2)
    os.makedirs(f"{name}/truth"); os.makedirs(f"{name}/view"); os.makedirs(f"{name}/view-final")
    task = {"metric": metric, "direction": "minimize" if metric == "log_loss" else "maximize", "idColumns": ["id"], "columns": columns,
            "predicts": "probabilities", "classes": columns if classes > 2 else [], "positive": None, "mode": "folds", "seed": 1}
    json.dump(task, open(f"{name}/truth/truth.json", "w"))
    def table(values):
        frame = pd.DataFrame(values, columns=columns)
        frame.insert(0, "id", np.arange(len(values)))
        return frame
    known = table(np.eye(classes)[truth][:, kept])
    known.insert(0, "__unit", np.arange(lines)); known.insert(1, "__fold", np.arange(lines) % 5)
    known.to_csv(f"{name}/truth/validation.csv", index=False)
    for view in ("view", "view-final"):
        table(np.zeros((100, len(columns)))).to_csv(f"{name}/{view}/sample.csv", index=False)
    for attempt in range(attempts):
        scores = random.normal(0, 1, (lines, classes)) + (1 + random.random()) * np.eye(classes)[truth]
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        os.makedirs(f"{name}/attempts/{attempt}/final")
        table(chances[:, kept].round(6)).to_csv(f"{name}/attempts/{attempt}/final/validation.csv", index=False)
        table(chances[:100, kept].round(6)).to_csv(f"{name}/attempts/{attempt}/final/submission.csv", index=False)
make("large", "log_loss", 200_000, 20, 2)
make("ranked", "roc_auc", 200_000, 20, 2)
make("many", "log_loss", 20_000, 2, 200)
make("areas", "roc_auc", 20_000, 2, 200)
`;

if (SCIENCE === null || EXECUTOR === undefined) throw new Error("there is no way to run Python");
const { interpreter } = SCIENCE;
const ground = { python: SCIENCE, executor: EXECUTOR, sample: "sample.csv", metricFile: null };
const folder = mkdtempSync(join(tmpdir(), "scorer-speed-"));
try {
  execFileSync(interpreter, ["-c", MAKE, folder]);
  for (const name of ["large", "ranked"]) await measureTwo(name);
  for (const name of ["many", "areas"]) await blendAll(name, 200);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function scorerOf(name: string) {
  const at = (part: string) => join(folder, name, part);
  const scorer = startScorer({
    ...{ ...ground, truth: at("truth"), view: at("view"), finalView: at("view-final") },
    ...{ readable: [at("attempts")], writable: at("work") },
  });
  return { scorer, final: (attempt: number) => at(`attempts/${attempt}/final`), at };
}

async function timed<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await act();
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

async function measureTwo(name: string): Promise<void> {
  const { scorer, final } = scorerOf(name);
  const first = { final: final(0), parent: null };
  await timed(`${name}: start, truth and the first attempt`, () => scorer.measure(first));
  const second = { final: final(1), parent: final(0) };
  const { measurement, gain } = await timed(`${name}: the next, beside it`, () =>
    scorer.measure(second),
  );
  console.log(JSON.stringify({ measurement, gain }));
  await scorer.close();
}

async function blendAll(name: string, count: number): Promise<void> {
  const { scorer, final, at } = scorerOf(name);
  const members = Array.from({ length: count }, (_, attempt) => ({
    ...{ id: String(attempt), name: "", final: final(attempt) },
  }));
  const into = at("blend");
  await timed(`${name}: first blend, nothing of ${count} members read yet`, () =>
    scorer.blend({ members, into }),
  );
  const again = await timed(`${name}: blend of ${count} members again`, () =>
    scorer.blend({ members, into }),
  );
  console.log(again?.kind, again?.members.length, JSON.stringify(again?.gain));
  await scorer.close();
}
