import { existsSync } from "node:fs";
import { join } from "node:path";
import { openCheckpoints } from "../../tools/checkpoints/open-checkpoints.ts";
import { proposedExtra } from "../../tools/environments/extras.ts";
import { installable } from "../../tools/environments/provide-packages.ts";
import { pythonEnvironment } from "../../tools/environments/python-environment.ts";
import { withWeights } from "../../tools/run-python/weights.ts";
import { InterruptedError, NoSolutionError } from "../core/errors.ts";
import { isBuiltIn } from "../core/model-choice.ts";
import { contextOf } from "../core/run-context.ts";
import type { Workbench } from "../core/task.ts";
import type { EventOf, RecordedEvent } from "../record/event.ts";
import type { Ledger } from "../record/ledger.ts";
import { lockRun } from "../record/run-lock.ts";
import { createRun, type RunRecord, rewriteRun } from "../record/run-record.ts";
import { sweepUnfinished } from "../record/write-atomically.ts";
import type { Admitted } from "./admission.ts";
import { RECURSION_LIMIT, type RunGraph, traceOf } from "./graphs-by-name.ts";
import { nothingForeign, scriptExecution } from "./script-execution.ts";
import { storageTrouble } from "./storage-trouble.ts";
import { guardTraces } from "./tracing/guard-traces.ts";
import { isTraced } from "./tracing/is-traced.ts";
import { redactor } from "./tracing/redact.ts";
import { PROGRAM_FOLDER, VERSION } from "./version.ts";
import { wire } from "./wiring.ts";

export type RunResult = EventOf<"result">;

export interface Around {
  environment: NodeJS.ProcessEnv;
  onEvent: (event: RecordedEvent) => void;
  /** What was recorded before a resumed run was taken up again. */
  onHistory?: ((events: readonly RecordedEvent[]) => void) | undefined;
  /** Lines about what has to be made first, such as the Python environment. */
  onNotice: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** A run that this process has in its hands, until it is closed. */
export interface OpenRun {
  runFolder: string;
  graph: RunGraph;
  /** How its graph is invoked; aborted also when the run's checkpoints can no longer be written. */
  config(signal?: AbortSignal): {
    configurable: { thread_id: string };
    signal: AbortSignal;
    metadata: object;
  };
  /** Makes the graph begin again; its calls and scripts stay done. */
  forgetSteps(): Promise<void>;
  /** The run's result; an error when no candidate got a score, null when the graph has not come to its end. */
  result(): RunResult | null;
  /** What the user is to be told of a failure; it is kept as the reason of the run's end, but for an interruption. */
  failed(failure: unknown, signal?: AbortSignal): unknown;
  /** Lets go of the run. */
  close(): Promise<void>;
}

/** Takes a run up: its folder made or locked, its Python environment ready, real things behind its graph's ports. */
export async function openRun(
  { runsFolder, record: admitted, reading, beginsAnew = false }: Admitted,
  around: Around,
): Promise<OpenRun> {
  const { environment, onEvent, onNotice, signal } = around;
  const found = await pythonEnvironment({
    python: admitted.python ?? undefined,
    environment,
    onProgress: onNotice,
    signal,
  });
  const python = withWeights(found, admitted.scriptPolicy.weights);
  const { packages } = python.workbench;
  const more = installable(admitted.scriptPolicy.packages, packages);
  const workbench = { ...python.workbench, installable: more };
  const record = { ...admitted, workbench: admitted.workbench ?? workbench };
  const asksNobody = isBuiltIn({ ...record.choice, model: record.model });
  const ownScripts = asksNobody && nothingForeign(record);
  const proposal = asksNobody ? null : proposedExtra(reading.draft.modality, packages);
  if (proposal !== null && record.python === null) onNotice(proposal);
  const scripts = await scriptExecution({
    policy: record.scriptPolicy,
    ...{ ownScripts, python, isManaged: record.python === null },
    dataDigest: record.task.fingerprint,
    environment,
    onNotice,
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
    sweepUnfinished(runFolder);
    checkpoints ??= await openCheckpoints(null, file);
    if (isTraced(environment)) {
      const folders = foldersOf(record, runsFolder);
      guardTraces(JSON.stringify(folders), redactor(environment, folders));
    }
    const ground = { runFolder, record, reading, python, scripts, checkpoints };
    const wired = wire({ ...ground, environment, onEvent, onNotice });
    around.onHistory?.(wired.journal.events);
    await wired.takeUpGround();
    const run = inHand(wired, {
      runFolder,
      record,
      workbench,
      beginsAnew,
      unlock,
    });
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
  { graph, broken, forgetSteps, journal, close }: ReturnType<typeof wire>,
  held: {
    runFolder: string;
    record: RunRecord;
    workbench: Workbench;
    beginsAnew: boolean;
    unlock: () => void;
  },
): OpenRun {
  const { runFolder, record, workbench, beginsAnew, unlock } = held;
  const { note, ledger } = journal;
  const opening = ledger.count;
  const { runId, task, model, settings } = record;
  const key = `opened ${opening}`;
  note({ type: "opened", key, at: "", version: VERSION, workbench, anew: beginsAnew });
  note({ type: "run", key: "run", at: "", runId, task: task.name, model, settings });
  let end: { problem: string | null } | null = { problem: null };
  return {
    runFolder,
    graph,
    config: (signal) => ({
      configurable: { thread_id: record.thread ?? runId },
      recursionLimit: RECURSION_LIMIT,
      context: contextOf(settings, model),
      durability: "sync" as const,
      ...traceOf(record),
      signal: AbortSignal.any([broken, ...(signal === undefined ? [] : [signal])]),
    }),
    forgetSteps,
    result() {
      const { result } = ledger;
      if (result !== null && result.score === null)
        throw new NoSolutionError(
          `run ${runId}: no candidate got a score; ${lastProblems(ledger)}`,
        );
      // One that has none yet waits for a person, or was interrupted.
      end = result === null ? { problem: null } : null;
      return result;
    },
    failed(failure, signal) {
      const error = storageTrouble(broken.aborted ? broken.reason : failure, runFolder);
      const interrupted = signal?.aborted === true || error instanceof InterruptedError;
      const problem = error instanceof Error ? error.message : String(error);
      end = { problem: interrupted ? null : problem };
      return error;
    },
    async close() {
      try {
        if (end !== null) note({ type: "closed", key: `closed ${opening}`, at: "", ...end });
      } catch (error) {
        // A disk that takes nothing more has stopped the run: that is told already.
        if (end?.problem == null) throw error;
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

const lastProblems = ({ attempts }: Ledger) =>
  attempts
    .flatMap(({ id, problem, withdrawn }) =>
      problem === null && withdrawn === null ? [] : [`${id}: ${problem ?? withdrawn}`],
    )
    .slice(-3)
    .join("; ");
