import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Caps, spentOf } from "../../src/core/budget.ts";
import { resultOf } from "../../src/core/run-end.ts";
import { submissionChecker } from "../../tools/check-submission/check-submission.ts";
import { readTask } from "../../tools/read-task/read-task.ts";
import { readBest } from "../../tools/run-folder/best-solution.ts";
import { readScratchpad } from "../../tools/run-folder/scratchpad.ts";
import { mleStar } from "./command-line.ts";

const FLAG_OF: Record<keyof Caps, string> = {
  seconds: "--time",
  scriptRuns: "--max-script-runs",
  scriptSeconds: "--max-script-time",
  tokens: "--max-tokens",
  usd: "--max-cost",
};

/** How a run with one cap ended. */
export interface CappedEnd {
  cap: keyof Caps;
  limit: number;
  spent: number;
  /** The largest single call or script there was: what may be in flight when the cap is reached. */
  largestStep: number;
  exitCode: number | null;
  hasValidSubmission: boolean;
  /** The steps that were left undone; null when the run was not cut. */
  undone: string[] | null;
  submittedAs: string;
}

/** Runs the task with one cap, as a user would. */
export async function cappedRun(
  cap: keyof Caps,
  limit: number,
  place: {
    home: string;
    taskFolder: string;
    words: readonly string[];
    environment?: Record<string, string>;
  },
): Promise<CappedEnd> {
  const { home, taskFolder, words, environment = {} } = place;
  const id = `${cap}-${limit}-${Math.random().toString(36).slice(2, 6)}`;
  const { exitCode } = await mleStar(
    ["run", taskFolder, "--run-id", id, FLAG_OF[cap], String(limit), "--no-cache", ...words],
    { cwd: home, environment },
  );
  const runFolder = join(home, "runs", id);
  const events = readScratchpad(join(runFolder, "scratchpad.jsonl"));
  // The report that is written at the end is no step.
  const lastStep = events.findLastIndex(({ type }) => type === "script" || type === "agent");
  const spent = spentOf(events.slice(0, lastStep + 1))[cap];
  const steps = events.map((event) => spentOf([event])[cap]);
  const seconds = events.map((event, index) => {
    if (event.type === "agent") return event.seconds;
    if (event.type !== "script") return 0;
    const started = events.findLastIndex(
      ({ type, at }, other) => other < index && type === "script-started" && at === event.at,
    );
    return spentOf(events.slice(started, index + 1)).seconds;
  });
  const best = readBest(runFolder);
  const check = existsSync(join(runFolder, "best"))
    ? await submissionChecker(await readTask(taskFolder))(
        join(runFolder, "attempts", best?.runId ?? ""),
      )
    : null;
  return {
    cap,
    limit,
    spent,
    largestStep: Math.max(0, ...(cap === "seconds" ? seconds : steps)),
    exitCode,
    hasValidSubmission: check?.valid === true,
    undone: resultOf(events)?.cut?.undone ?? null,
    submittedAs: best?.id ?? "nothing",
  };
}
