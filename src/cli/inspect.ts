import type { Command } from "commander";
import { showInspection } from "../report/show-inspection.ts";
import { addCorrections, addRunFlags } from "./flags.ts";
import { askedRun } from "./run.ts";
import { addSettingsFile } from "./settings-file.ts";

/** `mle-star inspect <task-folder>`: what a run would understand and take, with the same flags; nothing is run. */
export function addInspectCommand(program: Command): void {
  const command = program
    .command("inspect")
    .description("tell what is understood of a task and what a run will take, before it is spent")
    .argument("<task-folder>")
    .option("--json", "the same as one JSON object");
  addRunFlags(addCorrections(command));
  addSettingsFile(command).action(async (taskFolder: string, { json }: { json?: boolean }) => {
    const run = askedRun(taskFolder, command);
    const { inspectTask } = await import("../run/inspect.ts");
    const seen = await inspectTask(run, process.env, (line) => console.error(line));
    console.log(json === true ? JSON.stringify(seen) : showInspection(seen).join("\n"));
  });
}
