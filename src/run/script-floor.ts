import { realpathSync } from "node:fs";
import { join } from "node:path";
import { prepareGround } from "../../tools/measure/ground/prepare-ground.ts";
import { leakAlarms } from "../../tools/measure/leaks/leak-alarms.ts";
import { startScorer } from "../../tools/measure/scorer/scorer.ts";
import { pythonRunner } from "../../tools/run-python/python-runner.ts";
import { endOrphans } from "../../tools/run-python/sandbox/end-orphans.ts";
import type { Clock, Measuring, RunPython } from "../core/ports.ts";
import type { Task } from "../core/task.ts";
import type { Journal } from "../record/journal.ts";
import { journaledScripts } from "../record/journaled.ts";
import { measuringOf } from "./measuring.ts";
import type { RunBudget } from "./run-budget.ts";
import { sampleOf, submissionForms } from "./submission-form.ts";
import type { Ground } from "./wiring.ts";
import { admitWithin } from "./within-budget.ts";

interface Around {
  journal: Journal;
  budget: RunBudget;
  clock: Clock;
  /** The task as it is known now; null before its metric is. */
  taskNow: () => Task | null;
}

/** What is there once the ground is laid. */
interface Laid {
  runPython: RunPython;
  measuring: ReturnType<typeof measuringOf> | null;
  close: () => Promise<void>;
}

/** What scripts run on and are measured with: laid once the task is known, and taken up again by a later process. */
export function scriptFloor(under: Ground, around: Around) {
  const { agreement } = submissionForms(under.reading);
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
    agreement: (runId: string, other: string) => agreement(attemptOf(runId), attemptOf(other)),
    /** What the attempt scores on the half of the hold-out that is reported; null without one. */
    heldOut: async (runId: string) => (await laid?.measuring?.heldOut(runId))?.second ?? null,
    close: async () => (await laying?.catch(() => null))?.close(),
  };
}

async function layFloor(under: Ground, { journal, budget, clock, taskNow }: Around): Promise<Laid> {
  const { runFolder, record, reading, python, scripts } = under;
  const task = taskNow();
  if (task === null) throw new Error("the ground is laid before the task is known");
  const { settings } = record;
  const { seed, holdout } = settings;
  const prepared = await prepareGround({ reading, task, runFolder, seed, holdout });
  const { view, finalView, truth, ground } = prepared;
  journal.note({ type: "ground", key: "ground", at: "", ground });
  for (const folder of [view, finalView]) endOrphans(realpathSync(folder));
  const checkSubmission = submissionForms(reading).checkOn(prepared);
  const attemptsFolder = join(runFolder, "attempts");
  const runner = pythonRunner({
    ...scripts,
    ...{ interpreter: python.interpreter, interpreterRoots: python.interpreterRoots },
    ...{ attemptsFolder, inputFolder: view, finalInputFolder: finalView },
    settings: {
      ...settings,
      get scriptSeconds() {
        return budget.scriptSeconds();
      },
    },
    ...{ plan: python.plan, clock, checkSubmission },
    admit: admitWithin(budget),
    onStart: ({ id: at, purpose }) => {
      const key = `${at}/started ${journal.ledger.count}`;
      journal.note({ type: "script-started", key, at, purpose });
    },
  });
  const runPython = journaledScripts(runner, journal);
  if (ground.mode === "claims") return { runPython, measuring: null, close: runner.close };
  const scorer = startScorer({
    ...{ truth, view, finalView, sample: sampleOf(reading) },
    readable: [realpathSync(attemptsFolder)],
    writable: join(runFolder, "scorer"),
    ...{ python, executor: scripts.executor, metricFile: null },
  });
  scorer.warm();
  const measuring = measuringOf({
    ...{ journal, scorer, runPython, runFolder, seed, clock, checkSubmission },
    leaks: leakAlarms({ task, interpreter: python.interpreter, split: ground.split.kind }),
  });
  const close = async () => {
    await runner.close();
    await scorer.close();
  };
  return { runPython, measuring, close };
}
