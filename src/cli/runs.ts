import { join } from "node:path";
import type { Command } from "commander";
import { ToolError } from "../core/errors.ts";
import { readEvents } from "../record/event-log.ts";
import type { HandedOut } from "../record/handed-out.ts";
import { stateOf } from "../record/history.ts";
import { Ledger } from "../record/ledger.ts";
import { liveState } from "../record/live-state.ts";
import { listRuns } from "../record/run-record.ts";
import { withError } from "../report/format.ts";
import { padded } from "../report/padded.ts";
import { scoreText } from "../report/score-in-words.ts";
import { RUNS_DIR } from "./follow.ts";

/** `mle-star runs`: every run of the folder, oldest first. */
export function addRunsCommand(program: Command): void {
  program
    .command("runs")
    .description("list the runs")
    .option(...RUNS_DIR)
    .action(({ runsDir }: { runsDir: string }) => {
      const runs = listRuns(runsDir, (problem) => console.error(problem));
      const rows = runs.map(({ runId, createdAt, model, metric, version }) => [
        createdAt.slice(0, 16).replace("T", " "),
        runId,
        ...standing(join(runsDir, runId), { metric, version }),
        model,
      ]);
      console.log(rows.length === 0 ? `no runs in ${runsDir}` : padded(rows).join("\n"));
    });
}

/** The state of a run and its best score; one whose events another version wrote is told by that alone. */
function standing(folder: string, run: { metric: string | null; version: string }): string[] {
  try {
    const events = readEvents(join(folder, "scratchpad.jsonl"));
    const ledger = Ledger.of(events);
    const { handedOut, task } = ledger;
    const name = task?.metric ?? run.metric ?? "score";
    const told = handedOut?.score == null ? "no score" : `${name} ${worth(ledger, handedOut)}`;
    return [liveState(stateOf(events), folder), told];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return ["older form", `of version ${run.version}`];
  }
}

/** The score to expect of what has ended, else that of the best so far. */
function worth(ledger: Ledger, { candidate, score }: HandedOut): string {
  const measured = ledger.result?.measured ?? null;
  if (measured !== null) return withError(measured.score, measured.error);
  const attempt = ledger.find(candidate ?? "") ?? { measurement: null };
  return scoreText(score, attempt, ledger.ground);
}
