import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Caps, NO_CAPS } from "../../src/core/budget.ts";
import { Totals } from "../../src/core/call-cost.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { ModelChoice } from "../../src/core/model-choice.ts";
import { ModelDescription } from "../../src/core/model-description.ts";
import { GraphName } from "../../src/core/run-context.ts";
import { ScriptPolicy, USUAL_SCRIPTS } from "../../src/core/script-policy.ts";
import { Settings } from "../../src/core/settings.ts";
import { writeAtomically } from "../write-atomically.ts";

/** What a run was started with: enough to resume it, and to run it again. */
export const RunRecord = z.object({
  runId: z.string(),
  createdAt: z.string(),
  version: z.string(),
  task: z.object({ name: z.string(), folder: z.string(), fingerprint: z.string() }),
  metric: z.string().nullable(),
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
    .object({ runId: z.string(), from: z.string(), change: z.string() })
    .nullable()
    .default(null),
  /** The interpreter asked for; null for the managed environment. */
  python: z.string().nullable(),
  scriptPolicy: ScriptPolicy.default(USUAL_SCRIPTS),
  node: z.string(),
  /** What its models cost, as it was last left; absent while it was never left. */
  totals: Totals.optional(),
});
export type RunRecord = z.infer<typeof RunRecord>;

const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Refuses what cannot become a run folder: a bad or taken id, a runs folder that cannot be written. */
export function checkNewRun(runsFolder: string, runId: string): void {
  if (!RUN_ID.test(runId))
    throw new SettingsError(
      `run id "${runId}": use letters, digits, ".", "_" and "-", beginning with a letter or digit`,
    );
  if (existsSync(join(runsFolder, runId)))
    throw new SettingsError(
      `run id "${runId}": it exists in ${runsFolder}; choose another, or go on with it by "mle-star resume ${runId}"`,
    );
  try {
    mkdirSync(runsFolder, { recursive: true });
    accessSync(runsFolder, constants.W_OK);
  } catch (error) {
    throw new SettingsError(
      `runs folder ${runsFolder}: it cannot be written; choose another with --runs-dir`,
      { cause: error },
    );
  }
}

/** Makes the run's folder with its record. */
export function createRun(runsFolder: string, record: RunRecord): string {
  const folder = join(runsFolder, record.runId);
  mkdirSync(join(folder, "attempts"), { recursive: true });
  writeAtomically(join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  return folder;
}

/** Replaces the record of a run. */
export function rewriteRun(runsFolder: string, record: RunRecord): void {
  writeAtomically(
    join(runsFolder, record.runId, "run.json"),
    `${JSON.stringify(record, null, 2)}\n`,
  );
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
  return RunRecord.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** Every run of the folder, oldest first. */
export function listRuns(runsFolder: string): RunRecord[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder)
    .filter((name) => existsSync(join(runsFolder, name, "run.json")))
    .map((name) =>
      RunRecord.parse(JSON.parse(readFileSync(join(runsFolder, name, "run.json"), "utf8"))),
    )
    .toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}
