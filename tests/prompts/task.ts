import type { Candidate } from "../../src/core/candidate.ts";
import type { Ground } from "../../src/core/ground.ts";
import type { Common } from "../../src/core/questions.ts";
import { Settings } from "../../src/core/settings.ts";
import type { Column, Table, Task } from "../../src/core/task.ts";

const column = (name: string, kind: Column["kind"]): Column => ({
  name,
  kind,
  integer: false,
  missing: 0,
  distinct: 40,
  examples: ["1", "2"],
  min: null,
  max: null,
  meanLength: 4,
});

export const table = (path: string, rows: number, names: string[]): Table => ({
  path,
  delimiter: ",",
  rows,
  complete: true,
  columns: names.map((name) => column(name, "number")),
});

const features = ["trip_id", "line", "stop", "departed_at", "rain_mm", "passengers"];

/** A made-up task as the reader of task folders would hand it on. */
export const task: Task = {
  name: "tram-delays",
  description: `# Tram delays

Predict by how many seconds a tram is late at a stop. Submissions are scored by the mean absolute error.
The weather of the day stands in \`weather.csv\`.`,
  metric: "mae",
  direction: "minimize",
  modality: "tabular",
  targets: [{ name: "delay_s", kind: "regression", classes: [], positive: null }],
  train: table("train.csv", 41_230, [...features, "delay_s"]),
  test: table("test.csv", 9_870, features),
  otherTables: [table("weather.csv", 730, ["day", "rain_mm", "wind_kmh"])],
  submission: {
    sample: "sample_submission.csv",
    columns: ["trip_id", "delay_s"],
    idColumns: ["trip_id"],
    rows: 9_870,
  },
  profile: `train.csv: 41,230 rows, 7 columns
- line: category, 14 distinct ("4", "6E", "11")
- departed_at: date, from 2024-01-01 04:31 to 2025-09-30 23:58
- delay_s: number, mean 71.3, median 48, 0 missing`,
  timeLimitSeconds: null,
};

const ground: Ground = {
  ...{ mode: "holdout", reason: "", noun: "row", folds: 5, predicts: "numbers" },
  units: { train: 37_107, validation: 37_107, holdout: 4_123, test: 9_870 },
  split: { kind: "time", by: "departed_at", evidence: "All of test is later than train." },
  ...{ columns: ["delay_s"], classes: [], positive: null, apart: null, leftOut: [], seen: null },
};

export const common: Common = {
  at: "track-1/refine-2/attempt-3",
  task,
  ground,
  workbench: {
    pythonVersion: "3.11.9",
    packages: [
      { name: "numpy", version: "2.3.4" },
      { name: "pandas", version: "2.3.3" },
      { name: "scikit-learn", version: "1.7.2" },
      { name: "lightgbm", version: "4.6.0" },
    ],
    installable: ["catboost", "xgboost"],
    cpus: 4,
    memoryMb: 16_384,
    gpu: null,
  },
  settings: Settings.parse({ scriptSeconds: 600, tracks: 2 }),
  findings: null,
  notebook: null,
};

/** A scored candidate with a short script. */
export const candidate = (title: string, score: number | null, body: string): Candidate => ({
  id: "track-1/model-1",
  title,
  script: `import pandas as pd

# features
${body}

print(f"Final Validation Performance: {score}")`,
  run: {
    id: "track-1/model-1",
    ok: score !== null,
    outcome: score === null ? "error" : "ok",
    exitCode: score === null ? 1 : 0,
    stdout: "rows: 30000\n",
    stderr: "",
    seconds: 41.7,
    origin: "ran",
    submission: null,
  },
  score,
});
