import type { Command } from "commander";
import { overRun } from "./follow.ts";

/** `mle-star report <run-id>`: writes the report of a run as it stands, finished or not. */
export function addReportCommand(program: Command): void {
  overRun(program, "report", "write report.html and report.md of a run").action(
    async (runId: string, { runsDir }: { runsDir: string }) => {
      // Loaded only here: the other commands start much faster without what draws and highlights.
      const { writeReport } = await import("../report/written/write-report.ts");
      const { html, markdown } = writeReport(runsDir, runId);
      console.log(`${html}\n${markdown}`);
    },
  );
}
