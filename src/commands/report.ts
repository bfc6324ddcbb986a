import type { Command } from "commander";

/** `mle-star report <run-id>`: writes the report of a run as it stands, finished or not. */
export function addReportCommand(program: Command): void {
  program
    .command("report")
    .description("write report.html and report.md of a run")
    .argument("<run-id>")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .action(async (runId: string, { runsDir }: { runsDir: string }) => {
      // Loaded only here: the other commands start much faster without what draws and highlights.
      const { writeReport } = await import("../report/write-report.ts");
      const { html, markdown } = await writeReport(runsDir, runId);
      console.log(`${html}\n${markdown}`);
    });
}
