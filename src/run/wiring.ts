import { join } from "node:path";
import type { Ports } from "../../graphs/ports.ts";
import { guardCheckpoints } from "../../tools/checkpoints/guarded-checkpoints.ts";
import type { Checkpoints } from "../../tools/checkpoints/open-checkpoints.ts";
import type { PythonEnvironment } from "../../tools/environments/python-environment.ts";
import { awakeClock } from "../../tools/machine/awake-clock.ts";
import type { ReadTask } from "../../tools/read-task/read-task.ts";
import { completeTask } from "../core/complete-task.ts";
import { isBuiltIn } from "../core/model-choice.ts";
import { withoutSecrets } from "../core/words/redact.ts";
import { baselineScript } from "../models/engineer/baseline.ts";
import { noticesOf } from "../models/engineer/notices.ts";
import { keepBest } from "../record/best-folder.ts";
import type { RecordedEvent } from "../record/event.ts";
import { openEventLog, readEvents } from "../record/event-log.ts";
import { INHERITED } from "../record/fork-folder.ts";
import { journalOf } from "../record/journal.ts";
import { journaledModel } from "../record/journaled.ts";
import type { RunRecord } from "../record/run-record.ts";
import { bestFiles } from "./best-files.ts";
import { runBudget } from "./budget/run-budget.ts";
import { heldModel } from "./budget/within-budget.ts";
import { chooseModel } from "./choose-model.ts";
import { finishRun } from "./finish-run.ts";
import { finishing } from "./finishing.ts";
import { graphNamed } from "./graphs-by-name.ts";
import { lookSeconds } from "./look-seconds.ts";
import { recordingAt } from "./replay.ts";
import type { ScriptExecution } from "./script-execution.ts";
import { scriptFloor } from "./script-floor.ts";
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
  scripts: ScriptExecution;
  checkpoints: Checkpoints;
  environment: NodeJS.ProcessEnv;
  onEvent: (event: RecordedEvent) => void;
  onNotice: (sentence: string) => void;
}

/** What can change who is best, and so what `best/` holds. */
const MOVES_BEST: readonly RecordedEvent["type"][] = [
  ...(["candidate", "blend", "leakage", "alarm", "submission"] as const),
];

/** The run's record, with `best/` kept at what its ledger hands out. */
function recordOf({ runFolder, record, environment, onEvent }: Ground) {
  const log = openEventLog(join(runFolder, "scratchpad.jsonl"), {
    now: () => new Date(),
    clock: awake,
    onEvent,
    redact: withoutSecrets(environment),
  });
  const { replay } = record.choice;
  const recording = replay === null ? [] : recordingAt(replay);
  const events = [...recording, ...readEvents(join(runFolder, INHERITED))];
  const from = record.fork?.runId ?? replay;
  const inherited = from === null ? null : { events, from };
  let last = awake();
  const keep = () => {
    const { ledger } = journal;
    keepBest(runFolder, ledger.handedOut, (one) => bestFiles(runFolder, ledger, one));
  };
  const journal = journalOf(log, inherited, ({ type }) => {
    last = awake();
    if (MOVES_BEST.includes(type)) keep();
  });
  keep();
  return { journal, secondsSince: () => (awake() - last) / 1000, seal: log.close };
}

/** The whole graph with real things behind its ports, over the run's own checkpoints. */
export function wire(ground: Ground) {
  const { runFolder, record, reading, python, environment } = ground;
  const { settings, caps } = record;
  const { journal, secondsSince, seal } = recordOf(ground);
  const { ledger } = journal;
  const choice = { ...record.choice, model: record.model };
  const trainRows = reading.draft.train?.rows ?? 0;
  const rewritesSubmission = !isBuiltIn(choice);
  const slots = python.plan.slots.length;
  const budget = runBudget({
    caps,
    settings,
    trainRows,
    rewritesSubmission,
    slots,
    ledger,
    secondsSince,
  });
  const { model, usageOf, searchWeb } = chooseModel(choice, environment, {
    run: record.runId,
    journal,
    onNotice: ground.onNotice,
    remaining: budget.remaining,
    secondsLeft: budget.callSeconds,
  });
  const { draft } = reading;
  const taskNow = () => completeTask({ ...draft, ...ledger.task });
  const given = isBuiltIn(choice) && ledger.count === 0 ? taskNow() : null;
  for (const line of given === null ? [] : noticesOf(given, settings)) ground.onNotice(line);
  const finish = finishing(runFolder, budget.allows);
  const floor = scriptFloor(ground, { journal, budget, finish, clock: awake, taskNow });
  const workbench = record.workbench ?? python.workbench;
  const folder = join(runFolder, "calls");
  const ports: Ports = {
    settings,
    isBuiltIn: isBuiltIn(choice),
    isCapped: budget.isDrawnOn,
    model: journaledModel(finish.model(heldModel(model, budget)), {
      folder,
      journal,
      usageOf: (ask) => usageOf(finish.asked(ask)),
      redact: withoutSecrets(environment),
      clock: awake,
    }),
    runPython: floor.runPython,
    searchWeb,
    lookSeconds: lookSeconds(choice, settings, caps),
    journal,
    budget: finish.allows,
    layGround: floor.lay,
    measuring: floor.measuring,
    agreement: floor.agreement,
    baseline: baselineScript,
    prepared: () => ({ draft, workbench, ground: ledger.ground, task: taskNow() }),
    finish: finishRun(runFolder, record, journal, floor),
  };
  const graph = graphNamed(
    record.graph,
    isTraced(environment)
      ? tracedPorts(ports, { runId: record.runId, task: record.task.name })
      : ports,
  );
  const broken = new AbortController();
  graph.checkpointer = guardCheckpoints(ground.checkpoints.saver, (failure) =>
    broken.abort(failure),
  );
  return {
    graph,
    broken: broken.signal,
    journal,
    /** Takes the ground up that was laid before. */
    takeUpGround: async () => {
      if (ledger.ground !== null) await floor.lay();
    },
    /** Forgets where the graph was: it then begins again, and finds its calls and scripts done. */
    forgetSteps: () => ground.checkpoints.saver.deleteThread(record.thread ?? record.runId),
    async close() {
      finish.close();
      try {
        await floor.close();
        await ground.checkpoints.close();
      } finally {
        // An interrupted graph leaves nodes that still go on: the folder may be another process's from now on.
        seal();
      }
    },
  };
}
