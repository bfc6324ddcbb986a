import { Command } from "commander";
import { addInspectCommand } from "../../../src/cli/inspect.ts";
import { askedRun } from "../../../src/cli/run.ts";
import { SettingsError } from "../../../src/core/errors.ts";
import { showInspection } from "../../../src/report/show-inspection.ts";
import { inspectTask } from "../../../src/run/inspect.ts";
import { dataHome } from "../../../tools/environments/data-home.ts";
import { makeFolder } from "../../tools/read-task/make-folder.ts";

/** What `mle-star inspect` tells of a folder with these files, in one text: its lines, or the sentence that refuses it. */
export async function inspected(
  files: Record<string, string | Buffer>,
  python: string | null,
): Promise<string> {
  const program = new Command().exitOverride();
  addInspectCommand(program);
  const [command] = program.commands;
  if (command === undefined) throw new Error("there is no command to inspect");
  try {
    const seen = await inspectTask(
      { ...askedRun(makeFolder(files), command), python: python ?? undefined },
      { ...process.env, MLE_STAR_HOME: dataHome() },
    );
    return showInspection(seen).join("\n");
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}
