import type { Run, RunPurpose, SubmissionCheck } from "../../src/core/candidate.ts";
import type { Clock, RunRequest } from "../../src/core/ports.ts";
import type { Python } from "../environments/interpreter-roots.ts";
import type { SlotPlan } from "../machine/plan-slots.ts";
import { type Attempt, attemptFiles } from "./attempt-folder.ts";
import { collectFinal } from "./collect-final.ts";
import { controlExecution, type Ended } from "./control-execution.ts";
import { describeEnd, type Limits } from "./describe-end.ts";
import { needSpace } from "./disk-space.ts";
import type { ExecutionSpec } from "./sandbox/executor.ts";
import { placeScript, removeWorkFolder } from "./sandbox/work-folder.ts";
import { scriptEnvironment } from "./script-environment.ts";
import type { WorkPlaces } from "./work-places.ts";

/** What all scripts of a run have in common. */
export interface Ground extends Python {
  /** What scripts of the search see as their data, by its real path. */
  inputFolder: string;
  /** What the scripts of the submission see; the same unless it is given. */
  finalInputFolder?: string | undefined;
  settings: { scriptSeconds: number; maxTrainRows: number; seed: number };
  plan: SlotPlan;
  /** By it scripts are timed and limited. */
  clock?: Clock | undefined;
  /** Judges the submission that was taken over, and puts it into the task's own form; null where there is none. */
  checkSubmission: (attemptFolder: string, purpose: RunPurpose) => Promise<SubmissionCheck | null>;
}

const WORK_FOLDER_FILES = 50_000;

/** How many training rows a script may use; null for the submission, which uses all. */
export function rowCap({ settings }: Ground, purpose: RunPurpose): number | null {
  return purpose === "submission" ? null : settings.maxTrainRows;
}

/** The data that the script sees. */
export const inputOf = (
  ground: Ground,
  { purpose, inputFolder }: Pick<RunRequest, "purpose" | "inputFolder">,
): string =>
  inputFolder ?? (purpose === "submission" ? ground.finalInputFolder : null) ?? ground.inputFolder;

/** What a script in the slot is given. */
export function specFor(
  ground: Ground,
  slot: number,
  workFolder: string,
  request: Pick<RunRequest, "purpose" | "inputFolder">,
): ExecutionSpec {
  const { settings, plan, interpreter, interpreterRoots } = ground;
  const inputFolder = inputOf(ground, request);
  const gpu = plan.gpus[slot] ?? null;
  return {
    ...{ interpreter, interpreterRoots, workFolder, inputFolder, slot, gpu },
    environment: scriptEnvironment({
      cpus: plan.cpusPerSlot,
      gpu: gpu?.id ?? null,
      seed: settings.seed,
      seconds: settings.scriptSeconds,
      maxTrainRows: rowCap(ground, request.purpose),
    }),
    cores: plan.slots[slot] ?? [],
    seconds: settings.scriptSeconds,
    memoryMb: plan.memoryMbPerSlot,
  };
}

/** A script in its slot: everything that running it needs. */
export interface Task {
  ground: Ground;
  places: WorkPlaces;
  attempt: Attempt;
  request: RunRequest;
  slot: number;
}

/** Runs the script of an attempt to its end, or to its limits, and takes over what it is to leave behind. */
export async function runAttempt(task: Task): Promise<Run> {
  const { folder } = task.attempt;
  await needSpace(folder);
  const run = await execute(task);
  if (!run.ok && run.outcome !== "aborted") await needSpace(folder);
  return run;
}

async function execute({ ground, places, attempt, request, slot }: Task): Promise<Run> {
  const inputFolder = inputOf(ground, request);
  const { workFolder, begin } = await places.take(slot, ground.interpreter, inputFolder);
  try {
    await placeScript(workFolder, request.script);
    const spec = specFor(ground, slot, workFolder, request);
    const { seconds, memoryMb } = spec;
    const { stdout, stderr } = attemptFiles(attempt);
    const ended = await controlExecution(await begin(spec), {
      seconds,
      workFolder,
      allowance: { memoryMb, diskMb: ground.plan.diskMbPerSlot, files: WORK_FOLDER_FILES },
      stdoutFile: stdout,
      stderrFile: stderr,
      signal: request.signal,
      clock: ground.clock,
    });
    const submission = await takeSubmission(ground, attempt, workFolder, request.purpose);
    return asRun(attempt.id, ended, { seconds, memoryMb }, submission);
  } finally {
    await removeWorkFolder(workFolder);
  }
}

async function takeSubmission(
  ground: Ground,
  attempt: Attempt,
  workFolder: string,
  purpose: RunPurpose,
): Promise<SubmissionCheck | null> {
  const taken = await collectFinal(workFolder, attempt.folder);
  if (taken === "absent") return null;
  if (taken === "taken") return ground.checkSubmission(attempt.folder, purpose);
  return { valid: false, problem: `final/submission.csv ${taken.refused}: write a plain file.` };
}

function asRun(id: string, ended: Ended, limits: Limits, submission: SubmissionCheck | null): Run {
  const { outcome, sentence } = describeEnd(ended, limits);
  const { exitCode, stdout, seconds } = ended;
  const stderr =
    sentence === null ? ended.stderr : `${ended.stderr.trimEnd()}\n${sentence}\n`.trimStart();
  const ok = outcome === "ok";
  return { id, ok, outcome, exitCode, stdout, stderr, seconds, origin: "ran", submission };
}

/** What is said of a script that was not started. */
export function unstarted(id: string, end: Pick<Run, "outcome" | "exitCode" | "stderr">): Run {
  return { id, ok: false, ...end, stdout: "", seconds: 0, origin: "ran", submission: null };
}
