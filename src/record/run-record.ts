import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Caps, NO_CAPS } from "../core/caps.ts";
import { Corrections } from "../core/corrections.ts";
import { SettingsError } from "../core/errors.ts";
import { ModelChoice } from "../core/model-choice.ts";
import { ModelDescription } from "../core/model-description.ts";
import { GraphName } from "../core/run-context.ts";
import { ScriptPolicy, USUAL_SCRIPTS } from "../core/script-policy.ts";
import { Settings } from "../core/settings.ts";
import { NotShown, Workbench } from "../core/task.ts";
import { command } from "../core/words/command.ts";
import { makeFolder } from "./make-folder.ts";
import { writeAtomically } from "./write-atomically.ts";

/** What a run was started with: enough to resume it, and to run it again. */
export const RunRecord = z.object({
  runId: z.string(),
  createdAt: z.string(),
  version: z.string(),
  task: z.object({
    name: z.string(),
    folder: z.string(),
    fingerprint: z.string(),
    /** Digests by file, to tell what changed. */
    files: z.record(z.string(), z.string()).default({}),
    /** What of the folder no script sees, and why; many alike in one line. */
    withheld: z.array(NotShown).default([]),
  }),
  metric: z.string().nullable(),
  /** What flags put right about the task: a resumption reads it the same way. */
  corrections: Corrections.default({}),
  settings: Settings,
  /** What it may spend; a resumption may set it anew. */
  caps: Caps.default(NO_CAPS),
  model: z.string(),
  /** How language models are asked and the web is searched. */
  choice: ModelChoice.omit({ model: true }).prefault({}),
  /** Descriptions a person gave. */
  models: z.array(ModelDescription),
  graph: GraphName.default("mle-star"),
  /** Scripts a person gave, to refine or to ensemble. */
  scripts: z.array(z.string()).default([]),
  /** The run and the step it was forked from, and what was changed there; null for a run of its own. */
  fork: z
    .object({
      ...{ runId: z.string(), from: z.string(), change: z.string() },
      /** The checkpoint that a thread turned back to; null for a fork from a step. */
      checkpoint: z.string().nullable().default(null),
    })
    .nullable()
    .default(null),
  /** The machine as its first process found it: agents are told of that one to the end, so that their questions stay the same. */
  workbench: Workbench.nullable().default(null),
  /** The database that keeps its checkpoints, without a password, and its name there; null for a file of its own. */
  checkpoints: z.object({ url: z.string(), thread: z.string() }).nullable().default(null),
  /** The interpreter asked for; null for the managed environment. */
  python: z.string().nullable(),
  scriptPolicy: ScriptPolicy.default(USUAL_SCRIPTS),
  node: z.string(),
  /** The LangGraph thread that its checkpoints are kept under; null for one of its own name. */
  thread: z.string().nullable().default(null),
});
export type RunRecord = z.infer<typeof RunRecord>;

const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Refuses what cannot become a run folder: a bad or taken id, a runs folder that cannot be written. */
export function checkNewRun(runsFolder: string, runId: string): void {
  if (!RUN_ID.test(runId))
    throw new SettingsError(
      `run id "${runId}": use letters, digits, ".", "_" and "-", beginning with a letter or digit`,
    );
  if (existsSync(join(runsFolder, runId))) throw taken(runsFolder, runId);
  makeFolder(
    runsFolder,
    `runs folder ${runsFolder}: it cannot be written; choose another with --runs-dir`,
  );
}

const taken = (runsFolder: string, runId: string) =>
  new SettingsError(
    `run id "${runId}": it exists in ${runsFolder}; choose another, or go on with it by "${command(`resume ${runId}`, runsFolder)}"`,
  );

/** Makes the run's folder with its record and what else it begins with; it is there whole or not at all. */
export function createRun(
  runsFolder: string,
  record: RunRecord,
  fill: (folder: string) => void = () => {},
): string {
  const { runId } = record;
  const folder = join(runsFolder, runId);
  const unfinished = join(runsFolder, `.${runId}.${process.pid}`);
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(join(unfinished, "attempts"), { recursive: true });
    fill(unfinished);
    writeRecord(unfinished, record);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(folder)) throw taken(runsFolder, runId);
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new SettingsError(
      `runs folder ${runsFolder}: no run can be made there (${error.message}); make room, or choose another with --runs-dir`,
      { cause: error },
    );
  }
  return folder;
}

const writeRecord = (folder: string, record: RunRecord) =>
  writeAtomically(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);

/** Replaces the record of a run. */
export function rewriteRun(runsFolder: string, record: RunRecord): void {
  writeRecord(join(runsFolder, record.runId), record);
}

/** The record of a run there is, else one sentence that names those there are. */
export function readRun(runsFolder: string, runId: string): RunRecord {
  const path = join(runsFolder, runId, "run.json");
  if (!RUN_ID.test(runId) || !existsSync(path)) {
    const known = listRuns(runsFolder).map((run) => run.runId);
    throw new SettingsError(
      `run "${runId}": there is none in ${runsFolder}; ${known.length === 0 ? "it holds no run" : `it holds ${known.slice(-5).join(", ")}`}`,
    );
  }
  return parseRecord(path);
}

/** The record, else why it cannot be read: often another version of the program wrote it. */
function parseRecord(path: string): RunRecord {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new SettingsError(`${path}: it cannot be read as JSON; restore it from a copy`, {
      cause,
    });
  }
  const record = RunRecord.safeParse(text);
  if (record.success) return record.data;
  const { version } = z
    .object({ version: z.string().catch("unknown") })
    .catch({ version: "unknown" })
    .parse(text);
  const [issue] = record.error.issues;
  throw new SettingsError(
    `${path}: ${issue?.path.join(".")} is not what this version of the program writes; it is from version ${version}, use that one`,
  );
}

/** Every run of the folder, oldest first; one whose record cannot be read is told instead. */
export function listRuns(
  runsFolder: string,
  onUnreadable: (problem: string) => void = () => {},
): RunRecord[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder)
    .filter((name) => RUN_ID.test(name) && existsSync(join(runsFolder, name, "run.json")))
    .flatMap((name) => {
      try {
        return parseRecord(join(runsFolder, name, "run.json"));
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        onUnreadable(error.message);
        return [];
      }
    })
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}
