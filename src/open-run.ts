import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { openCheckpoints } from "../tools/checkpoints/open-checkpoints.ts";
import { pythonEnvironment } from "../tools/python-environment/python-environment.ts";
import { lockRun } from "../tools/run-folder/run-lock.ts";
import { createRun, type RunRecord, rewriteRun } from "../tools/run-folder/run-record.ts";
import type { Admitted } from "./admission.ts";
import { NoSolutionError } from "./core/errors.ts";
import { isBuiltIn } from "./core/model-choice.ts";
import { resultOf } from "./core/run-end.ts";
import type { RecordedEvent } from "./core/run-event.ts";
import type { Workbench } from "./core/task.ts";
import type { RunGraph } from "./graphs-by-name.ts";
import { totalsOf } from "./report/facts/costs.ts";
import { scriptExecution } from "./script-execution.ts";
import { storageTrouble } from "./storage-trouble.ts";
import { guardTraces } from "./tracing/guard-traces.ts";
import { isTraced } from "./tracing/is-traced.ts";
import { redactor } from "./tracing/redact.ts";
import { PROGRAM_FOLDER, VERSION } from "./version.ts";
import { wire } from "./wiring.ts";

export type RunResult = Extract<RecordedEvent, { type: "result" }>;

export interface Around {
  environment: NodeJS.ProcessEnv;
  onEvent: (event: RecordedEvent) => void;
  /** What was recorded before a resumed run was taken up again. */
  onHistory?: ((events: readonly RecordedEvent[]) => void) | undefined;
  /** Lines about what has to be made first, such as the Python environment. */
  onNotice: (line: string) => void;
  signal?: AbortSignal | undefined;
  /** Asks a person whether a distribution may be installed for a script. */
  approve?: ((distribution: string) => Promise<boolean>) | undefined;
}

/** A run that this process has in its hands, until it is closed. */
export interface OpenRun {
  runFolder: string;
  graph: RunGraph;
  /** Aborted, with the reason, when the run's checkpoints can no longer be written. */
  broken: AbortSignal;
  /** Makes the graph begin again; its calls and scripts stay done. */
  forgetSteps(): Promise<void>;
  /** The run's result; an error when no candidate got a score, null when the graph has not come to its end. */
  result(): RunResult | null;
  /** Lets go of the run. `problem`: why before its end; null when it was interrupted; absent when it came to its end. */
  close(stopped?: { problem: string | null }): Promise<void>;
}

/** Takes a run up: its folder made or locked, its Python environment ready, real things behind its graph's ports. */
export async function openRun(
  { runsFolder, record: admitted, reading, beginsAnew = false }: Admitted,
  around: Around,
): Promise<OpenRun> {
  const { environment, onEvent, onNotice, signal } = around;
  const python = await pythonEnvironment({
    python: admitted.python ?? undefined,
    environment,
    onProgress: onNotice,
    signal,
  });
  const record = { ...admitted, workbench: admitted.workbench ?? python.workbench };
  const scripts = await scriptExecution({
    policy: record.scriptPolicy,
    ownScripts: isBuiltIn({ ...record.choice, model: record.model }),
    python,
    environment,
    onNotice,
    approve: around.approve,
  });
  const runFolder = join(runsFolder, record.runId);
  const isNew = !existsSync(runFolder);
  const { checkpoints: shared } = record;
  const file = join(runFolder, "checkpoints.sqlite");
  // A database that cannot be reached is told before anything was made.
  let checkpoints = shared && (await openCheckpoints(shared, file));
  let unlock = () => {};
  try {
    if (isNew) createRun(runsFolder, record);
    unlock = lockRun(runFolder);
    checkpoints ??= await openCheckpoints(null, file);
    if (isTraced(environment)) {
      const folders = foldersOf(record, runsFolder);
      guardTraces(JSON.stringify(folders), redactor(environment, folders));
    }
    const wired = wire({
      runFolder,
      record,
      reading,
      python,
      plan: python.plan,
      scripts,
      checkpoints,
      environment,
      onEvent,
      onNotice,
    });
    around.onHistory?.(wired.scratchpad.events());
    const { workbench } = python;
    const run = inHand(wired, { runFolder, record, workbench, beginsAnew, unlock });
    // Killed before this, the run is as it was: what was given anew counts only once it is written down.
    if (beginsAnew) await wired.forgetSteps();
    if (!isNew) rewriteRun(runsFolder, record);
    return run;
  } catch (error) {
    await checkpoints?.close();
    unlock();
    throw storageTrouble(error, runFolder);
  }
}

function inHand(
  { graph, broken, forgetSteps, scratchpad: { note, events }, close }: ReturnType<typeof wire>,
  held: {
    runFolder: string;
    record: RunRecord;
    workbench: Workbench;
    beginsAnew: boolean;
    unlock: () => void;
  },
): OpenRun {
  const { runFolder, record, workbench, beginsAnew, unlock } = held;
  const opening = events().filter(({ type }) => type === "opened").length + 1;
  const { runId, task, model, settings } = record;
  note({
    type: "opened",
    key: `opened-${opening}`,
    at: "",
    version: VERSION,
    workbench,
    ...(beginsAnew ? { anew: true } : {}),
  });
  note({ type: "run", key: "run", at: "", runId, task: task.name, model, settings });
  return {
    runFolder,
    graph,
    broken,
    forgetSteps,
    result() {
      const result = resultOf(events());
      if (result !== null && result.score === null)
        throw new NoSolutionError(
          `run ${runId}: no candidate got a score; ${lastProblems(events())}`,
        );
      return result;
    },
    async close(stopped) {
      try {
        if (stopped !== undefined)
          note({ type: "closed", key: `closed-${opening}`, at: "", problem: stopped.problem });
        rewriteRun(dirname(runFolder), { ...record, totals: totalsOf(events()) });
      } catch (error) {
        // A disk that takes nothing more has stopped the run: that is told already.
        if (stopped === undefined) throw error;
      } finally {
        await close();
        unlock();
      }
    },
  };
}

const foldersOf = ({ task, python }: RunRecord, runsFolder: string) => [
  { path: runsFolder, name: "runs" },
  { path: task.folder, name: task.name },
  { path: process.cwd(), name: "." },
  { path: PROGRAM_FOLDER, name: "mle-star" },
  { path: python ?? "", name: "python" },
];

const lastProblems = (events: readonly RecordedEvent[]) =>
  events
    .flatMap((event) =>
      event.type === "candidate" && event.problem !== null ? [`${event.at}: ${event.problem}`] : [],
    )
    .slice(-3)
    .join("; ");
