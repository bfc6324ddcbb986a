import { join } from "node:path";
import type { Caps } from "../../src/core/caps.ts";
import { readCard } from "../../src/record/best-folder.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { submissions } from "../../tools/check-submission/check-submission.ts";
import { readTask } from "../../tools/read-task/read-task.ts";
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
  const ledger = new Ledger();
  const started = new Map<string, number>();
  let [spent, largestStep] = [0, 0];
  for (const event of readEvents(join(runFolder, "scratchpad.jsonl"))) {
    const before = ledger.spent[cap];
    ledger.take(event);
    if (event.type === "script-started") started.set(event.at, event.elapsed);
    // What comes after the last step is the report.
    if (event.type !== "script" && event.type !== "call") continue;
    spent = ledger.spent[cap];
    const seconds =
      event.type === "call"
        ? event.seconds
        : event.elapsed - (started.get(event.run.id) ?? event.elapsed);
    largestStep = Math.max(largestStep, cap === "seconds" ? seconds : spent - before);
  }
  const best = readCard(runFolder);
  const { check } = submissions(await readTask(taskFolder));
  const checked = best && (await check(join(runFolder, "best", "submission.csv")));
  return {
    cap,
    limit,
    spent,
    largestStep,
    exitCode,
    hasValidSubmission: checked?.valid === true,
    undone: ledger.result?.cut?.undone ?? null,
    submittedAs: best?.id ?? "nothing",
  };
}
