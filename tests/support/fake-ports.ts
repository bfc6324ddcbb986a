import { noteCandidate } from "../../graphs/evaluation.ts";
import type { Ports } from "../../graphs/ports.ts";
import type { Run } from "../../src/core/candidate.ts";
import { completeTask } from "../../src/core/complete-task.ts";
import { scoreOf } from "../../src/core/outcome.ts";
import type { Model, RunRequest } from "../../src/core/ports.ts";
import { SCORE_MARKER } from "../../src/core/score.ts";
import { Settings } from "../../src/core/settings.ts";
import type { Task, TaskDraft } from "../../src/core/task.ts";
import { memoryLog } from "../../src/record/event-log.ts";
import type { HandedOut } from "../../src/record/handed-out.ts";
import { type Journal, journalOf } from "../../src/record/journal.ts";
import { journaledScripts } from "../../src/record/journaled.ts";
import { type FakeGround, fakeMeasuring, groundOf } from "./fake-measuring.ts";

export const task: Task = {
  name: "toy",
  description: "Predict y.",
  metric: "rmse",
  direction: "minimize",
  modality: "tabular",
  targets: [{ name: "y", kind: "regression", classes: [], positive: null }],
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

/** What a fake script prints as it stands. */
const PRINTED = /^(Ablation\[|measured |member |learned)/;

/** A run of a script that scores: fake scripts are `score 5`, `fail TEXT`, `nan`, `silent`. */
export function fakeRun({ id, script, purpose }: RunRequest): Run {
  const lines = script.trim().split("\n");
  const scores = lines.flatMap((line) => /^score (\S+)/.exec(line)?.[1] ?? []);
  const failure = lines.find((line) => line.startsWith("fail"));
  const printed = lines.filter((line) => PRINTED.test(line)).join("\n");
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
    origin: "ran",
    submission: purpose === "ablation" ? null : { valid: ok, problem: ok ? null : "no file" },
  };
}

interface Fakes extends Partial<Ports> {
  /** What the task folder says. */
  draft?: TaskDraft;
  /** Scores are measured; elsewhere they are what scripts claim. */
  measures?: FakeGround;
}

/** Ports over a journal in memory, whose scripts are fake ones; they remember what was run and what was handed out. */
export function fakePorts(model: Model, fakes: Fakes = {}) {
  const { draft = task, runPython = async (request) => fakeRun(request), ...more } = fakes;
  const { measures, ...others } = more;
  const journal = others.journal ?? journalOf(memoryLog());
  const runs: RunRequest[] = [];
  const finished: (HandedOut | null)[] = [];
  const prepared = () => ({
    ...{ draft, workbench, ground: journal.ledger.ground },
    task: completeTask({ ...draft, ...journal.ledger.task }),
  });
  const { task: said } = prepared();
  if (said !== null) {
    const { metric, direction, modality } = said;
    journal.note({ type: "task", key: "task", at: "", metric, direction, modality });
  }
  // As the runner does: another script at the same place gets a folder of its own.
  const taken = new Map<string, string>();
  const placeOf = ({ id, script }: Omit<RunRequest, "purpose">, again = 1): string => {
    const at = again === 1 ? id : `${id}~${again}`;
    if ((taken.get(at) ?? script) !== script) return placeOf({ id, script }, again + 1);
    taken.set(at, script);
    return at;
  };
  const scripts = journaledScripts(async (request) => {
    runs.push(request);
    return runPython({ ...request, id: placeOf(request) });
  }, journal);
  const fake = measures === undefined ? null : fakeMeasuring(journal, scripts, measures);
  if (measures !== undefined)
    journal.note({ type: "ground", key: "ground", at: "", ground: groundOf(measures) });
  const ports: Ports = {
    ...{ settings, model, journal, prepared, isBuiltIn: false, isCapped: () => false },
    layGround: async () => {},
    measuring: () => fake?.measuring ?? null,
    searchWeb: null,
    lookSeconds: null,
    budget: () => null,
    agreement: async () => 1,
    baseline: () => null,
    finish: async () => void finished.push(journal.ledger.handedOut),
    ...others,
    runPython: scripts,
  };
  const { ledger, events } = journal;
  return { ports, journal, runs, finished, ledger, events, scorer: fake };
}

/** Records a script that was run, as a candidate with what it printed, and returns its id. */
export function given(
  journal: Journal,
  id: string,
  script: string,
  { members = [], run: changes = {} }: { members?: string[]; run?: Partial<Run> } = {},
): string {
  const purpose = "solution";
  const run = { ...fakeRun({ id, script, purpose }), ...changes };
  journal.record(
    "script",
    { at: id, name: "script", parts: { script, purpose } },
    { purpose, run },
  );
  const score = scoreOf(run, purpose, null);
  noteCandidate(journal, { title: id, members }, { id, script, run, score, problem: null });
  return id;
}
