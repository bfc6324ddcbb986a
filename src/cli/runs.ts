import { join } from "node:path";
import type { Command } from "commander";
import { ToolError } from "../core/errors.ts";
import { readEvents } from "../record/event-log.ts";
import { stateOf } from "../record/history.ts";
import { Ledger } from "../record/ledger.ts";
import { listRuns } from "../record/run-record.ts";
import { formatScore } from "../report/format.ts";
import { padded } from "../report/padded.ts";
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
    const { handedOut, task } = Ledger.of(events);
    const score = handedOut?.score ?? null;
    const name = task?.metric ?? run.metric ?? "score";
    return [stateOf(events), score === null ? "no score" : `${name} ${formatScore(score)}`];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return ["older form", `of version ${run.version}`];
  }
}
