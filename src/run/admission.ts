import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { postgresAddress } from "../../tools/checkpoints/postgres-address.ts";
import { planSlots } from "../../tools/machine/plan-slots.ts";
import { fingerprint } from "../../tools/read-task/fingerprint.ts";
import { type ReadTask, readTask } from "../../tools/read-task/read-task.ts";
import { inFewLines } from "../../tools/read-task/withheld.ts";
import { type Caps, NO_CAPS } from "../core/caps.ts";
import type { Corrections } from "../core/corrections.ts";
import { SettingsError } from "../core/errors.ts";
import { ModelChoice } from "../core/model-choice.ts";
import type { ModelDescription } from "../core/model-description.ts";
import type { GraphName } from "../core/run-context.ts";
import { type ScriptPolicy, USUAL_SCRIPTS } from "../core/script-policy.ts";
import { changedSettings, FREE_SETTINGS, type Settings } from "../core/settings.ts";
import { readEvents } from "../record/event-log.ts";
import { Ledger } from "../record/ledger.ts";
import { checkNewRun, type RunRecord, readRun } from "../record/run-record.ts";
import { checkModel } from "./choose-model.ts";
import { type Fitted, fitTime } from "./fit-time.ts";
import { foreignFiles } from "./foreign-files.ts";
import { VERSION } from "./version.ts";

export interface NewRun {
  taskFolder: string;
  settings: Settings;
  /** Those of the settings that nobody asked for: they may give way to a short time. */
  open?: readonly string[] | undefined;
  /** `offline` for the built-in engineer, else `provider:name`. */
  model: string;
  /** How language models are asked and the web is searched. */
  choice?: Partial<ModelChoice> | undefined;
  /** What is put right about the task, over its `task.yaml`. */
  corrections?: Corrections | undefined;
  models?: ModelDescription[] | undefined;
  graph?: GraphName | undefined;
  /** Scripts to refine or to ensemble, for the graphs that begin with them. */
  scripts?: string[] | undefined;
  caps?: Caps | undefined;
  runId?: string | undefined;
  /** An interpreter other than the managed environment's. */
  python?: string | undefined;
  scriptPolicy?: ScriptPolicy | undefined;
  /** A PostgreSQL database for its checkpoints, in place of a file of its own; a password is not kept. */
  checkpoints?: string | undefined;
}

/** A run whose task was read and found fit. */
export interface Admitted {
  runsFolder: string;
  record: RunRecord;
  reading: ReadTask;
  /** Whether the graph is to begin again, over what the run has done. */
  beginsAnew?: boolean;
}

interface Place {
  runsFolder: string;
  environment: NodeJS.ProcessEnv;
  onNotice?: (line: string) => void;
  signal?: AbortSignal | undefined;
}

/** The record of a new run. Nothing is left behind when the task or a setting is refused. */
export async function admitRun(run: NewRun, around: Place): Promise<Admitted & { fitted: Fitted }> {
  const { runsFolder, environment } = around;
  const corrections = run.corrections ?? {};
  const reading = await readTask(run.taskFolder, {
    corrections,
    convert: foreignFiles({ ...run, ...around }),
  });
  const { model, ...choice } = ModelChoice.parse({ ...run.choice, model: run.model });
  checkModel({ ...choice, model }, reading.draft, environment);
  const { caps, ...fitted } = fittedTo(run, reading);
  const createdAt = new Date().toISOString();
  const runId = run.runId ?? newRunId(reading.draft.name, createdAt);
  checkNewRun(resolve(runsFolder), runId);
  const record: RunRecord = {
    runId,
    createdAt,
    version: VERSION,
    task: {
      name: reading.draft.name,
      folder: reading.source,
      ...(await fingerprint(reading.folder, reading.files)),
      withheld: inFewLines(reading.withheld),
    },
    metric: reading.draft.metric,
    corrections,
    settings: fitted.settings,
    caps,
    model,
    choice,
    models: run.models ?? [],
    graph: run.graph ?? "mle-star",
    scripts: run.scripts ?? [],
    fork: null,
    checkpoints: run.checkpoints === undefined ? null : checkpointsAt(run.checkpoints, runId),
    workbench: null,
    thread: null,
    python: run.python ?? null,
    scriptPolicy: policyOf(run.scriptPolicy ?? USUAL_SCRIPTS),
    node: process.version,
  };
  return { runsFolder: resolve(runsFolder), record, reading, fitted };
}

/** A later process may be started in another folder. */
const policyOf = ({ weights, ...policy }: ScriptPolicy): ScriptPolicy => ({
  ...policy,
  weights: weights && resolve(weights),
});

/** The settings, with what `task.yaml` fixes where they leave it open, as far as the time allows; and the caps, its time among them. */
export function fittedTo(
  run: Pick<NewRun, "settings" | "open" | "caps" | "choice" | "model">,
  { corrections, draft }: ReadTask,
): Fitted & { caps: Caps } {
  const caps = {
    ...(run.caps ?? NO_CAPS),
    seconds: run.caps?.seconds ?? draft.timeLimitSeconds,
  };
  const { holdout } = run.settings;
  const settings = {
    ...run.settings,
    holdout: holdout === "auto" ? (corrections.holdout ?? "auto") : holdout,
  };
  const choice = ModelChoice.parse({ ...run.choice, model: run.model });
  const machine = { open: run.open ?? [], slots: planSlots().slots.length };
  return { ...fitTime(draft, { settings, choice, caps }, machine), caps };
}

/** The record of a run there is; refused, with what differs, when its task, its settings or the program have changed since. */
export async function readmitRun(
  runId: string,
  runsFolder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Admitted> {
  const record = readRun(runsFolder, runId);
  if (!isCompatible(record.version))
    throw new SettingsError(
      `run ${runId}: it was begun by mle-star ${record.version}, and this is ${VERSION}, whose questions differ: finish it by "npx mle-star@${record.version} resume ${runId}", or start a new run`,
    );
  const { corrections } = record;
  const convert = foreignFiles({ ...record, environment });
  const reading = await readTask(record.task.folder, { corrections, convert });
  const { fingerprint: now, files } = await fingerprint(reading.folder, reading.files);
  if (now !== record.task.fingerprint)
    throw new SettingsError(
      `run ${runId}: its task folder ${record.task.folder} has changed since the run began${changesIn(record.task.files, files)}; put it back, or start a new run`,
    );
  const events = readEvents(join(resolve(runsFolder), runId, "scratchpad.jsonl"));
  const begun = Ledger.of(events).run;
  const edited = begun === null ? [] : changedSettings(begun.settings, record.settings);
  const fixed = edited.filter(({ name }) => !FREE_SETTINGS.includes(name));
  if (fixed.length > 0)
    throw new SettingsError(
      `run ${runId}: its run.json was changed since the run began: ${fixed.map(({ words }) => words).join("; ")}; put it back, or start a new run`,
    );
  return { runsFolder: resolve(runsFolder), record, reading };
}

/** Runs of one name, from different folders or machines, stay apart in one database. */
export const checkpointsAt = (url: string, runId: string) => ({
  url: postgresAddress(url).url,
  thread: `${runId} ${randomUUID().slice(0, 8)}`,
});

/** A name that tells the task and the time. */
export const newRunId = (task: string, createdAt: string) =>
  `${task
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)}-${createdAt.slice(0, 16).replace(/[-:T]/g, "")}-${randomUUID().slice(0, 4)}`;

/** Versions that ask the same questions: before 1.0 they differ from one minor version to the next. */
function isCompatible(version: string): boolean {
  const series = (text: string) => {
    const [major, minor] = text.split(".");
    return major === "0" ? `0.${minor}` : major;
  };
  return series(version) === series(VERSION);
}

const MOST_FILES = 5;

/** Which files of a task changed, for a sentence. */
function changesIn(before: Record<string, string>, now: Record<string, string>): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  const changes = names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    const how = before[name] === undefined ? "new" : now[name] === undefined ? "gone" : "changed";
    return [`${name} is ${how}`];
  });
  if (changes.length === 0 || Object.keys(before).length === 0) return "";
  const more = changes.length - MOST_FILES;
  return `: ${changes.slice(0, MOST_FILES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
