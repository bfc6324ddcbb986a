import { join } from "node:path";
import type { Command } from "commander";
import { readBest } from "../../tools/run-folder/best-solution.ts";
import { listRuns } from "../../tools/run-folder/run-record.ts";
import { stateOf } from "../report/facts/run-state.ts";
import { runEvents } from "../report/read-evidence.ts";
import { formatScore } from "../terminal/format.ts";

/** `mle-star runs`: every run of the folder, oldest first. */
export function addRunsCommand(program: Command): void {
  program
    .command("runs")
    .description("list the runs")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .action(({ runsDir }: { runsDir: string }) => {
      const rows = listRuns(runsDir, (problem) => console.error(problem)).map(
        ({ runId, createdAt, model, metric }) => {
          const folder = join(runsDir, runId);
          const score = readBest(folder)?.score ?? null;
          const result = score === null ? "no score" : `${metric ?? "score"} ${formatScore(score)}`;
          return [
            createdAt.slice(0, 16).replace("T", " "),
            runId,
            stateOf(runEvents(folder)),
            result,
            model,
          ];
        },
      );
      console.log(rows.length === 0 ? `no runs in ${runsDir}` : table(rows));
    });
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
