import { realpathSync } from "node:fs";
import { join } from "node:path";
import { awakeClock } from "../tools/awake-clock.ts";
import { submissionChecker } from "../tools/check-submission/check-submission.ts";
import { submissionAgreement } from "../tools/check-submission/submission-agreement.ts";
import { GuardedCheckpoints } from "../tools/checkpoints/guarded-checkpoints.ts";
import type { Checkpoints } from "../tools/checkpoints/open-checkpoints.ts";
import type { PythonEnvironment } from "../tools/python-environment/python-environment.ts";
import type { ReadTask } from "../tools/read-task/read-task.ts";
import { bestSolution } from "../tools/run-folder/best-solution.ts";
import { journaled } from "../tools/run-folder/call-journal.ts";
import { makeInputFolder } from "../tools/run-folder/input-folder.ts";
import type { RunRecord } from "../tools/run-folder/run-record.ts";
import { openScratchpad } from "../tools/run-folder/scratchpad.ts";
import { endOrphans } from "../tools/run-python/end-orphans.ts";
import type { SlotPlan } from "../tools/run-python/plan-slots.ts";
import { pythonRunner } from "../tools/run-python/python-runner.ts";
import { chooseModel } from "./choose-model.ts";
import { isBuiltIn } from "./core/model-choice.ts";
import type { Ports } from "./core/ports.ts";
import { recallFrom } from "./core/recall.ts";
import type { RecordedEvent } from "./core/run-event.ts";
import { finishRun } from "./finish-run.ts";
import { graphNamed } from "./graphs-by-name.ts";
import { admitWithin, heldModel } from "./held-to-caps.ts";
import { baselineScript } from "./models/offline/baseline.ts";
import { runBudget } from "./run-budget.ts";
import type { ScriptExecution } from "./script-execution.ts";
import { isTraced } from "./tracing/is-traced.ts";
import { tracedPorts } from "./tracing/traced-ports.ts";

/** By it work is counted and limited. */
const awake = awakeClock();

/** Everything a run stands on, as it was found when the run was opened. */
export interface Ground {
  runFolder: string;
  record: RunRecord;
  reading: ReadTask;
  python: PythonEnvironment;
  plan: SlotPlan;
  scripts: ScriptExecution;
  checkpoints: Checkpoints;
  environment: NodeJS.ProcessEnv;
  onEvent: (event: RecordedEvent) => void;
  onNotice: (sentence: string) => void;
}

/** The whole graph with real things behind its ports, over the run's own checkpoints. */
export function wire(ground: Ground) {
  const { runFolder, record, reading, python, plan, scripts, environment, onEvent } = ground;
  const { settings, caps } = record;
  const scratchpad = openScratchpad(join(runFolder, "scratchpad.jsonl"), {
    now: () => new Date(),
    clock: awake,
    onEvent,
  });
  const { note } = scratchpad;
  const choice = { ...record.choice, model: record.model };
  const trainRows = reading.draft.train?.rows ?? 0;
  const budget = runBudget({
    runFolder,
    caps,
    settings,
    trainRows,
    scratchpad,
    rewritesSubmission: !isBuiltIn(choice),
  });
  const attemptsFolder = join(runFolder, "attempts");
  const agreement = submissionAgreement(reading);
  const inputFolder = join(runFolder, "input");
  makeInputFolder(inputFolder, reading.folder, reading.withheld);
  endOrphans(realpathSync(inputFolder));
  const { model, usageOf, searchWeb } = chooseModel(choice, environment, {
    onNotice: ground.onNotice,
    remaining: budget.remaining,
  });
  if (isBuiltIn(choice) && settings.instructions !== "")
    ground.onNotice(
      "The built-in engineer does not read instructions: only a language model follows them (--model provider:name).",
    );
  const runPython = pythonRunner({
    ...scripts,
    interpreter: python.interpreter,
    interpreterRoots: python.roots,
    attemptsFolder,
    inputFolder,
    settings: {
      ...settings,
      get scriptSeconds() {
        return budget.scriptSeconds();
      },
    },
    plan,
    admit: admitWithin(budget),
    clock: awake,
    checkSubmission: submissionChecker(reading),
    onStart: ({ id: at, purpose }) => {
      // An interrupted script starts once more when its run is resumed.
      const earlier = scratchpad
        .events()
        .filter(({ type, at: place }) => type === "script-started" && place === at);
      note({ type: "script-started", key: `${at}/started-${earlier.length + 1}`, at, purpose });
    },
    onEnd: ({ run: { id: at, outcome, seconds, submission }, purpose, origin }) => {
      // An interrupted script is no result: it runs again when the run is resumed.
      if (outcome === "aborted") return;
      note({
        type: "script",
        key: `${at}/script`,
        at,
        purpose,
        outcome,
        seconds,
        submission,
        origin,
      });
    },
  });
  const ports: Ports = {
    model: journaled(heldModel(model, budget), {
      folder: join(runFolder, "calls"),
      note,
      usageOf,
      clock: awake,
    }),
    runPython,
    searchWeb,
    recall: recallFrom(scratchpad.events),
    note,
    budget: budget.allows,
    promote: bestSolution(runFolder, note),
    agreement: (runId, otherRunId) =>
      agreement(join(attemptsFolder, runId), join(attemptsFolder, otherRunId)),
    baseline: baselineScript,
    prepare: async () => ({
      draft: reading.draft,
      workbench: record.workbench ?? python.workbench,
    }),
    finish: finishRun(runFolder, record, scratchpad),
  };
  const graph = graphNamed(
    record.graph,
    isTraced(environment)
      ? tracedPorts(ports, { runId: record.runId, task: record.task.name })
      : ports,
  );
  const broken = new AbortController();
  graph.checkpointer = new GuardedCheckpoints(ground.checkpoints.saver, (failure) =>
    broken.abort(failure),
  );
  return {
    graph,
    broken: broken.signal,
    scratchpad,
    /** Forgets where the graph was: it then begins again, and finds its calls and scripts done. */
    forgetSteps: () => ground.checkpoints.saver.deleteThread(record.runId),
    async close() {
      await runPython.close();
      await ground.checkpoints.close();
    },
  };
}
