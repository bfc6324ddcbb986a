import { realpathSync } from "node:fs";
import { join } from "node:path";
import { prepareGround } from "../../tools/measure/ground/prepare-ground.ts";
import { leakAlarms } from "../../tools/measure/leaks/leak-alarms.ts";
import { startScorer } from "../../tools/measure/scorer/scorer.ts";
import { pythonRunner } from "../../tools/run-python/python-runner.ts";
import { endOrphans } from "../../tools/run-python/sandbox/end-orphans.ts";
import { SettingsError } from "../core/errors.ts";
import type { Explained } from "../core/measurement.ts";
import { isOwnMetric } from "../core/metric.ts";
import { isBuiltIn } from "../core/model-choice.ts";
import type { Clock, Measuring, RunPython } from "../core/ports.ts";
import type { Task } from "../core/task.ts";
import type { Journal } from "../record/journal.ts";
import { journaledScripts } from "../record/journaled.ts";
import type { RunBudget } from "./budget/run-budget.ts";
import { admitWithin } from "./budget/within-budget.ts";
import { explainBest } from "./explain-best.ts";
import type { Finishing } from "./finishing.ts";
import { dearness } from "./fit-time.ts";
import { measuringOf } from "./measuring.ts";
import { sampleOf, submissionForms } from "./submission-form.ts";
import type { Ground } from "./wiring.ts";

interface Around {
  journal: Journal;
  budget: RunBudget;
  finish: Finishing;
  clock: Clock;
  /** The task as it is known now; null before its metric is. */
  taskNow: () => Task | null;
}

/** What is there once the ground is laid. */
interface Laid {
  runPython: RunPython;
  measuring: ReturnType<typeof measuringOf> | null;
  explain: (runId: string) => Promise<Explained | null>;
  agreement: ReturnType<typeof submissionForms>["agreement"];
  close: () => Promise<void>;
}

/** What scripts run on and are measured with: laid once the task is known, and taken up again by a later process. */
export function scriptFloor(under: Ground, around: Around) {
  const attemptOf = (runId: string) => join(under.runFolder, "attempts", runId);
  let laying: Promise<Laid> | null = null;
  let laid: Laid | null = null;
  const lay = async () => {
    laying ??= layFloor(under, around);
    laid = await laying;
    return laid;
  };
  const runPython: RunPython = async (request) => (await lay()).runPython(request);
  return {
    lay: async () => {
      await lay();
    },
    measuring: (): Measuring | null => laid?.measuring ?? null,
    runPython,
    agreement: async (runId: string, other: string) =>
      (await lay()).agreement(attemptOf(runId), attemptOf(other)),
    /** What the attempt scores on the half of the hold-out that is reported; null without one. */
    heldOut: async (runId: string) => (await laid?.measuring?.heldOut(runId))?.second ?? null,
    explain: async (runId: string) => (await laid?.explain(runId)) ?? null,
    close: async () => (await laying?.catch(() => null))?.close(),
  };
}

async function layFloor(
  under: Ground,
  { journal, budget, finish, clock, taskNow }: Around,
): Promise<Laid> {
  const { runFolder, record, reading, python, scripts } = under;
  const task = taskNow();
  if (task === null) throw new Error("the ground is laid before the task is known");
  const { settings } = record;
  const { seed, holdout } = settings;
  const prepared = await prepareGround({
    ...{ reading, task, runFolder, seed, holdout, dearness: dearness(record) },
  });
  const { view, finalView, truth, ground } = prepared;
  journal.note({ type: "ground", key: "ground", at: "", ground });
  for (const folder of [view, finalView]) endOrphans(realpathSync(folder));
  const { check: checkSubmission, agreement } = submissionForms(reading, prepared);
  const attemptsFolder = join(runFolder, "attempts");
  const runner = pythonRunner({
    ...scripts,
    ...{ interpreter: python.interpreter, interpreterRoots: python.interpreterRoots },
    ...{ attemptsFolder, inputFolder: view, finalInputFolder: finalView },
    settings,
    timeLimit: budget.timeLimit,
    ...{ plan: python.plan, clock, checkSubmission, weights: record.scriptPolicy.weights },
    admit: admitWithin(budget),
    onWait: ({ id: at, purpose }) => {
      const key = `${at}/waiting ${journal.ledger.count}`;
      journal.note({ type: "script-waiting", key, at, purpose });
    },
    onStart: ({ id: at, purpose }) => {
      const key = `${at}/started ${journal.ledger.count}`;
      journal.note({ type: "script-started", key, at, purpose });
    },
  });
  const runPython = journaledScripts(finish.scripts(runner), journal);
  const metricFile = isOwnMetric(task.metric) ? join(reading.folder, task.metric) : null;
  if (ground.mode === "claims") {
    if (metricFile !== null && isBuiltIn({ ...record.choice, model: record.model }))
      throw new SettingsError(
        `The built-in engineer needs ${task.metric} measured for it. ${ground.reason}`,
      );
    return {
      runPython,
      measuring: null,
      agreement,
      explain: async () => null,
      close: runner.close,
    };
  }
  const scorer = startScorer({
    ...{ truth, view, finalView, sample: sampleOf(reading), train: ground.seen?.train ?? null },
    readable: [realpathSync(attemptsFolder)],
    writable: join(runFolder, "scorer"),
    ...{ python, executor: scripts.executor },
    metricFile: metricFile === null ? null : realpathSync(metricFile),
  });
  scorer.warm();
  const obstacle = metricFile === null ? null : await scorer.check();
  if (obstacle !== null) {
    await scorer.close();
    throw new SettingsError(`The metric ${task.metric} cannot be used: ${obstacle}`);
  }
  const measuring = measuringOf({
    ...{ journal, scorer, runPython, runFolder, seed, clock, checkSubmission },
    leaks: leakAlarms({ task, interpreter: python.interpreter, split: ground.split.kind }),
  });
  const explain = (runId: string) =>
    explainBest(runId, { scorer, attemptsFolder, draft: reading.draft });
  const close = async () => {
    await runner.close();
    await scorer.close();
  };
  return { runPython, measuring, agreement, explain, close };
}
