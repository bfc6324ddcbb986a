import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { NO_CAPS } from "../core/caps.ts";
import { SettingsError } from "../core/errors.ts";
import { OFFLINE } from "../core/model-choice.ts";
import { capsIn, type GraphName, settingsIn } from "../core/run-context.ts";
import { USUAL_SCRIPTS } from "../core/script-policy.ts";
import { withoutSecrets } from "../core/words/redact.ts";
import { type Admitted, admitRun } from "../run/admission.ts";
import { inputOf } from "../run/graphs-by-name.ts";
import { type OpenRun, openRun } from "../run/open-run.ts";
import { takeUp } from "../run/resumption.ts";
import { isForm, readContext, readInput } from "./input-form.ts";
import { runOfThread, runToGoOnWith } from "./thread.ts";

/** Where the server keeps its runs. */
export const runsFolder = () => resolve(process.env["MLE_STAR_RUNS_DIR"] ?? "runs");

/** How long running scripts may take to end. */
const PATIENCE_MS = 10_000;

const stopping = new AbortController();
const open = new Set<OpenRun>();

/** Interrupts every run of this server and waits until their scripts have ended; they can be resumed. */
export async function stopServing(): Promise<void> {
  stopping.abort(new Error("the server was stopped"));
  const ended = async () => {
    while (open.size > 0) await setTimeout(50);
  };
  await Promise.race([ended(), setTimeout(PATIENCE_MS)]);
}

const Options = z.looseObject({
  configurable: z.looseObject({
    thread_id: z.string(),
    checkpoint_id: z.string().optional(),
  }),
  context: z.unknown(),
  metadata: z.record(z.string(), z.unknown()).default({}),
  signal: z.instanceof(AbortSignal).optional(),
});

/** Streams one stretch of a run: from its input, its answers or where it was, to its end or the next question. */
export async function* serveRun(
  name: GraphName,
  checkpoints: BaseCheckpointSaver,
  input: unknown,
  given: unknown,
): AsyncGenerator<unknown> {
  const options = Options.parse(given);
  const { thread_id: thread, checkpoint_id: checkpointId } = options.configurable;
  const signals = [stopping.signal, ...(options.signal === undefined ? [] : [options.signal])];
  const signal = AbortSignal.any(signals);
  const isNew =
    runOfThread(runsFolder(), thread) === thread && !existsSync(join(runsFolder(), thread));
  const runId = isNew
    ? thread
    : await runToGoOnWith(runsFolder(), thread, checkpoints, checkpointId);
  const admitted = await admit(name, runId, isNew, input, options.context);
  const run = await openRun(admitted, {
    environment: process.env,
    signal,
    onEvent: () => {},
    onNotice: (line) => void process.stderr.write(`${withoutSecrets(process.env)(line)}\n`),
  });
  open.add(run);
  try {
    const config = run.config(signal);
    const begun =
      (await run.graph.getState({ configurable: config.configurable })).createdAt !== undefined;
    yield* await run.graph.stream(begun ? input : inputOf(admitted.record), {
      ...options,
      ...config,
      configurable: { ...options.configurable, ...config.configurable },
      metadata: { ...options.metadata, ...config.metadata },
    });
    run.result();
  } catch (failure) {
    const error = run.failed(failure, signal);
    throw error;
  } finally {
    await run.close();
    open.delete(run);
  }
}

async function admit(
  name: GraphName,
  runId: string,
  isNew: boolean,
  input: unknown,
  given: unknown,
): Promise<Admitted> {
  const context = readContext(given);
  if (!isNew) {
    if (isForm(input))
      throw new SettingsError(
        `thread ${runId}: it already has its run; start another in a new thread`,
      );
    const place = { runsFolder: runsFolder(), environment: process.env };
    return takeUp(runId, place, { caps: capsIn(context) });
  }
  if (typeof input !== "object" || input === null || !("folder" in input))
    throw new SettingsError(
      `thread ${runId}: there is no run to go on with; start one with a task folder`,
    );
  const { folder, models, script, scripts } = readInput(name, input);
  const { model = OFFLINE, search, cache = true } = context;
  const run = {
    taskFolder: folder,
    settings: settingsIn(context),
    caps: { ...NO_CAPS, ...capsIn(context) },
    model,
    choice: { search: search ?? null },
    scriptPolicy: { ...USUAL_SCRIPTS, cache },
    models,
    graph: name,
    checkpoints: process.env["MLE_STAR_CHECKPOINTS"],
    scripts: script === undefined ? scripts : [script],
    runId,
  };
  return admitRun(run, { runsFolder: runsFolder(), environment: process.env });
}
