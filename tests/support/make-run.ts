import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { RunEvent } from "../../src/core/run-event.ts";
import { Settings } from "../../src/core/settings.ts";
import { eventsOfRun, type RunPlan } from "./made-events.ts";

const FINGERPRINT = "3f".repeat(32);
const SCRIPT = `"""Predicts y."""
from __future__ import annotations


# %% Setup
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

# %% Submission
print("Final Validation Performance: 0.9")
`;

/** Writes a run folder as the program leaves it, of as many refinement attempts as asked for. Returns the runs folder. */
export function makeRun(runId: string, plan: RunPlan = {}): string {
  const runsFolder = mkdtempSync(join(tmpdir(), "mle-star-report-"));
  const folder = join(runsFolder, runId);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const events = eventsOfRun(runId, plan);
  const start = Date.parse("2026-01-02T03:04:05Z");
  const lines = events.map((event, index) =>
    JSON.stringify({ time: new Date(start + index * 4000).toISOString(), ...event }),
  );
  write("scratchpad.jsonl", `${lines.join("\n")}\n`);
  write("run.json", JSON.stringify(recordOf(runId, plan)));
  for (const event of events) if (event.type === "script") writeAttempt(event, plan, write);
  const best = events.findLast((event) => event.type === "promotion");
  if (best?.type === "promotion") {
    const { at: id, title, score } = best;
    write("promotions/0001/score.json", JSON.stringify({ id, runId: id, title, score }));
    write("promotions/0001/solution.py", SCRIPT);
    write("promotions/0001/submission.csv", "id,y\n1,2\n");
    symlinkSync(join("promotions", "0001"), join(folder, "best"));
  }
  write(
    "calls/track-1/data-usage/data-usage-checker-1.json",
    JSON.stringify({
      answer: { usesAll: false, explanation: `${plan.text ?? ""} was unused`, script: "" },
    }),
  );
  write("input/train.csv", "id,y\n1,2\n");
  return runsFolder;
}

function recordOf(runId: string, plan: RunPlan) {
  return {
    runId,
    createdAt: "2026-01-02T03:04:05.000Z",
    version: "0.1.0",
    task: { name: plan.text ?? "toy", folder: "/data/toy task", fingerprint: FINGERPRINT },
    metric: plan.metric ?? "rmse",
    settings: Settings.parse({ tracks: 2, innerSteps: 2 }),
    model: "offline",
    models: [],
    python: null,
    node: "v24.0.0",
  };
}

function writeAttempt(
  { at, outcome, seconds, submission }: Extract<RunEvent, { type: "script" }>,
  plan: RunPlan,
  write: (path: string, text: string) => void,
): void {
  const ok = outcome === "ok";
  const run = { id: at, ok, outcome, exitCode: 0, stdout: "", stderr: "", seconds, submission };
  const weights = at.startsWith("ensemble") ? `Ensemble weights: 0.75, 0.25 of ${plan.text}\n` : "";
  const text = plan.text ?? "fold 1";
  const folds = `Validation: 3 folds of ${text}\nFold scores: 6, 7, 8\n`;
  write(`attempts/${at}/solution.py`, `# ${at}\n${SCRIPT}`);
  write(
    `attempts/${at}/stdout.txt`,
    `${text}\n${folds}${weights}Final Validation Performance: 0.9\n`,
  );
  write(`attempts/${at}/stderr.txt`, ok ? "" : `Traceback\nKeyError: '${text}'\n`);
  write(`attempts/${at}/result.json`, JSON.stringify({ digest: "d", run }));
  if (submission !== null) write(`attempts/${at}/final/submission.csv`, "id,y\n1,2\n");
}
