import { join } from "node:path";
import type { Command } from "commander";
import { overRun } from "./follow.ts";

interface ExportFlags {
  runsDir: string;
  data: boolean;
}

/** `mle-star export <run-id> <folder>`: the best solution as a folder that a team can own. */
export function addExportCommand(program: Command): void {
  const says = "write the best solution of a run as a folder that works without this program";
  overRun(program, "export", says)
    .argument("<folder>", "a new or empty folder")
    .option("--no-data", "leave the data out that it learns from")
    .action(async (runId: string, folder: string, { runsDir, data }: ExportFlags) => {
      const { writeExport } = await import("../report/export/write-export.ts");
      const { names, refused } = await writeExport(runsDir, runId, folder, {
        data: data ? "copied" : "none",
      });
      for (const name of names) console.log(join(folder, name));
      if (refused !== null) console.error(`predict.py is left out: ${refused}`);
    });
}
