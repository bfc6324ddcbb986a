import { join } from "node:path";
import type { Command } from "commander";
import { overRun } from "./follow.ts";

/** `mle-star export <run-id> <folder>`: the best solution as a folder that a team can own. */
export function addExportCommand(program: Command): void {
  const says = "write the best solution of a run as a folder that works without this program";
  overRun(program, "export", says)
    .argument("<folder>", "a new or empty folder")
    .action(async (runId: string, folder: string, { runsDir }: { runsDir: string }) => {
      const { writeExport } = await import("../report/export/write-export.ts");
      for (const name of writeExport(runsDir, runId, folder)) console.log(join(folder, name));
    });
}
