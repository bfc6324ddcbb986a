import type { Run, RunPurpose, SubmissionCheck } from "../../src/core/candidate.ts";
import { codeOf } from "../../src/core/errors.ts";
import type { Clock, RunRequest } from "../../src/core/ports.ts";
import type { Python } from "../environments/interpreter-roots.ts";
import type { SlotPlan } from "../machine/plan-slots.ts";
import { type Attempt, attemptFiles } from "./attempt-folder.ts";
import { collectFinal } from "./collect-final.ts";
import { controlExecution, type Ended } from "./control-execution.ts";
import { describeEnd, type Limits, limitShare } from "./describe-end.ts";
import { needSpace } from "./disk-space.ts";
import type { ExecutionSpec, HeldFolder } from "./sandbox/executor.ts";
import { removeFolder } from "./sandbox/remove-folder.ts";
import { placeScript } from "./sandbox/work-folder.ts";
import { scriptEnvironment } from "./script-environment.ts";
import type { TimeLimit } from "./time-limit.ts";
import type { WorkPlace, WorkPlaces } from "./work-places.ts";

/** What all scripts of a run have in common. */
export interface Ground extends Python {
  /** What scripts of the search see as their data, by its real path. */
  inputFolder: string;
  /** What the scripts of the submission see; the same unless it is given. */
  finalInputFolder?: string | undefined;
  /** A folder of pretrained weights, which is among the interpreter's roots. */
  weights?: string | null;
  settings: { maxTrainRows: number; seed: number };
  /** How long a script may take that starts now. */
  timeLimit: (request: Pick<RunRequest, "purpose" | "joined" | "seconds">) => TimeLimit;
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
  { seconds }: TimeLimit,
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
      seconds,
      maxTrainRows: rowCap(ground, request.purpose),
      weights: ground.weights,
    }),
    cores: plan.slots[slot] ?? [],
    cpuSeconds: seconds * plan.cpusPerSlot,
    memoryMb: plan.memoryMbPerSlot,
    diskMb: plan.diskMbPerSlot,
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

async function execute(task: Task): Promise<Run> {
  const { ground, places, request, slot } = task;
  const place = await places.take(slot, ground.interpreter, inputOf(ground, request));
  let obstacle: unknown = null;
  const run = await executeIn(place, task).finally(() =>
    removeFolder(place.workFolder).catch((error: unknown) => {
      obstacle = error;
    }),
  );
  if (obstacle === null) return run;
  const sentence = `What the script left in its folder cannot be removed (${codeOf(obstacle)}): leave plain files in plain folders.`;
  return { ...run, stderr: `${run.stderr}${sentence}\n` };
}

async function executeIn(
  { workFolder, begin }: WorkPlace,
  { ground, attempt, request, slot }: Task,
): Promise<Run> {
  let heldFolder: HeldFolder | undefined;
  try {
    await placeScript(workFolder, request.script);
    const limit = ground.timeLimit(request);
    const spec = specFor(ground, slot, workFolder, request, limit);
    const { memoryMb, cpuSeconds } = spec;
    const { stdout, stderr } = attemptFiles(attempt);
    const execution = await begin(spec);
    heldFolder = execution.heldFolder;
    const folder = heldFolder?.path ?? workFolder;
    const ended = await controlExecution(execution, {
      limit,
      workFolder: folder,
      allowance: {
        ...{ memoryMb, cpuSeconds },
        ...{ diskMb: ground.plan.diskMbPerSlot, files: WORK_FOLDER_FILES },
      },
      stdoutFile: stdout,
      stderrFile: stderr,
      signal: request.signal,
      clock: ground.clock,
    });
    const submission = await takeSubmission(ground, attempt, folder, request.purpose);
    const limits = { limit, memoryMb, cpus: ground.plan.cpusPerSlot };
    return asRun(attempt.id, ended, limits, submission);
  } finally {
    heldFolder?.letGo();
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
  const { exitCode, stdout, seconds, cpuSeconds } = ended;
  const stderr =
    sentence === null ? ended.stderr : `${ended.stderr.trimEnd()}\n${sentence}\n`.trimStart();
  const ok = outcome === "ok";
  const time = { seconds, cpuSeconds, limitShare: limitShare(ended, limits) };
  return { id, ok, outcome, exitCode, stdout, stderr, ...time, origin: "ran", submission };
}

/** What is said of a script that was not started. */
export function unstarted(id: string, end: Pick<Run, "outcome" | "exitCode" | "stderr">): Run {
  return { id, ok: false, ...end, stdout: "", seconds: 0, origin: "ran", submission: null };
}
