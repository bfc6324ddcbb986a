import { Command, CommanderError } from "commander";
import { InterruptedError, MleStarError, SettingsError } from "../core/errors.ts";
import { withoutSecrets } from "../core/words/redact.ts";
import { visible } from "../report/visible.ts";
import { isTraced } from "../run/tracing/is-traced.ts";
import { VERSION } from "../run/version.ts";
import { addBenchCommand } from "./bench.ts";
import { addCacheCommand } from "./cache.ts";
import { addCompletionCommand } from "./completion.ts";
import { addDevCommand } from "./dev.ts";
import { addDoctorCommand } from "./doctor.ts";
import { addExportCommand } from "./export.ts";
import { addFinishCommand } from "./finish.ts";
import { addForkCommand } from "./fork.ts";
import { addGradeCommand } from "./grade.ts";
import { addInspectCommand } from "./inspect.ts";
import { addPredictCommand } from "./predict.ts";
import { addPruneCommand } from "./prune.ts";
import { addReportCommand } from "./report.ts";
import { addResumeCommand } from "./resume.ts";
import { addRunCommand } from "./run.ts";
import { addRunsCommand } from "./runs.ts";
import { addSetupCommand } from "./setup.ts";
import { addShowCommand } from "./show.ts";

const COMMANDS = [
  ...[
    addRunCommand,
    addInspectCommand,
    addResumeCommand,
    addRunsCommand,
    addShowCommand,
    addReportCommand,
  ],
  ...[
    addExportCommand,
    addPredictCommand,
    addSetupCommand,
    addCacheCommand,
    addDoctorCommand,
    addForkCommand,
    addFinishCommand,
  ],
  ...[addDevCommand, addBenchCommand, addGradeCommand, addPruneCommand, addCompletionCommand],
];

/** Runs the command line. Exit codes: 0 done, 1 no solution or a failure, 2 bad input, 130 interrupted and resumable. */
export async function main(commandLine: string[]): Promise<void> {
  const program = new Command("mle-star")
    .description("a machine-learning engineer: from a task folder to a submission")
    .version(VERSION)
    .exitOverride();
  for (const add of COMMANDS) add(program);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(commandLine);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    if (!(error instanceof CommanderError))
      console.error(withoutSecrets(process.env)(sentenceOf(error)));
  }
  if (!isTraced(process.env)) return;
  const { flushTraces } = await import("../run/tracing/guard-traces.ts");
  await flushTraces();
  // Requests to an endpoint out of reach would hold the program for minutes.
  process.exit();
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof SettingsError) return 2;
  if (error instanceof InterruptedError) return 130;
  return 1;
}

/** Errors on purpose are their sentence; anything else is a defect and shows where it came from. */
function sentenceOf(error: unknown): string {
  if (error instanceof MleStarError) return visible(error.message);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
