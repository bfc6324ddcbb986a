import type { Candidate, Run } from "../../src/core/candidate.ts";
import type { Model, Ports, RunRequest } from "../../src/core/ports.ts";
import { recallFrom } from "../../src/core/recall.ts";
import type { RunEvent } from "../../src/core/run-event.ts";
import { SCORE_MARKER } from "../../src/core/score.ts";
import { Settings } from "../../src/core/settings.ts";
import type { Task } from "../../src/core/task.ts";

export const task: Task = {
  name: "toy",
  description: "Predict y.",
  metric: "rmse",
  direction: "minimize",
  modality: "tabular",
  targets: [{ name: "y", kind: "regression", classes: [] }],
  train: null,
  test: null,
  otherTables: [],
  submission: { sample: null, columns: ["id", "y"], idColumns: ["id"], rows: 3 },
  profile: "train.csv: 10 rows",
  timeLimitSeconds: null,
};

export const workbench = {
  pythonVersion: "3.11.7",
  packages: [{ name: "numpy", version: "2.4.6" }],
  cpus: 1,
  memoryMb: 4000,
  gpu: null,
};

export const settings = Settings.parse({
  leakageCheck: false,
  dataUsageCheck: false,
  debugRounds: 1,
});

export const common = { at: "track-1", task, workbench, settings };

/** A run of a script that scores: fake scripts are `score 5`, `fail TEXT`, `nan`, `silent`. */
export function fakeRun({ id, script, purpose }: RunRequest): Run {
  const lines = script.trim().split("\n");
  const scores = lines.flatMap((line) => /^score (\S+)/.exec(line)?.[1] ?? []);
  const failure = lines.find((line) => line.startsWith("fail"));
  const printed = lines.filter((line) => line.startsWith("Ablation[")).join("\n");
  const score = scores.at(-1);
  const stdout = score === undefined ? printed : `${printed}\n${SCORE_MARKER} ${score}\n`;
  const ok = failure === undefined;
  return {
    id,
    ok,
    outcome: ok ? "ok" : "error",
    exitCode: ok ? 0 : 1,
    stdout,
    stderr: failure ?? "",
    seconds: 1,
    submission: purpose === "ablation" ? null : { valid: ok, problem: ok ? null : "no file" },
  };
}

/** Ports that run fake scripts and remember what was asked of them. */
export function fakePorts(model: Model, overrides: Partial<Ports> = {}) {
  const runs: RunRequest[] = [];
  const events: RunEvent[] = [];
  const promoted: Candidate[] = [];
  const distrusted: Candidate[] = [];
  const finished: (Candidate | null)[] = [];
  const ports: Ports = {
    model,
    runPython: async (request) => {
      runs.push(request);
      return fakeRun(request);
    },
    searchWeb: null,
    recall: recallFrom(() => events),
    note: (event) => {
      if (!events.some(({ key }) => key === event.key)) events.push(event);
    },
    promote: {
      stands: () => promoted.some(({ run }) => run?.submission?.valid === true),
      whenBetter: async (candidate) => void promoted.push(candidate),
      always: async (candidate) => void promoted.push(candidate),
      distrust: async (candidate) => void distrusted.push(candidate),
    },
    prepare: async () => ({ draft: task, workbench }),
    budget: () => null,
    agreement: async () => 1,
    baseline: () => null,
    finish: async (_, solution) => void finished.push(solution),
    ...overrides,
  };
  return { ports, runs, events, promoted, distrusted, finished };
}

export const candidateOf = (
  id: string,
  score: number | null,
  script = `score ${score}`,
): Candidate => ({
  id,
  title: id,
  script,
  score,
  run: score === null ? null : fakeRun({ id, script, purpose: "solution" }),
});
