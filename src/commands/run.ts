import type { Command } from "commander";
import { NO_CAPS } from "../core/budget.ts";
import { addCapsFlags, type CapsFlags, capsOf } from "./caps-flags.ts";
import { addCheckpointsFlag, checkpointsOf } from "./checkpoints-flag.ts";
import { follow, type OutputFlags } from "./follow.ts";
import { instructionsOf } from "./instructions-file.ts";
import { addModelFlags, type ModelFlags, modelChoiceOf } from "./model-flags.ts";
import { modelsOfFile, personAtTerminal } from "./review-flags.ts";
import { addScriptFlags, type ScriptFlags, scriptPolicyOf } from "./script-flags.ts";
import { addSettingsFile } from "./settings-file.ts";
import { addSettingsFlags, settingsOf } from "./settings-flags.ts";

interface RunFlags extends OutputFlags, CapsFlags, ScriptFlags, ModelFlags {
  preset: string;
  runId?: string;
  python?: string;
  modelsFile?: string;
  checkpoints?: string;
  instructions?: string;
  instructionsFile?: string;
}

/** `mle-star run <task-folder>`. */
export function addRunCommand(program: Command): void {
  const command = program
    .command("run")
    .description("work on a task: a folder with a description and data")
    .argument("<task-folder>")
    .option("--preset <name>", "quick, standard or paper", "standard")
    .option("--run-id <id>", "name of the run's folder")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .option("--python <path>", "a Python to use instead of the managed environment")
    .option("--models-file <file>", "Markdown with models of your own, tried before those found")
    .option("--instructions-file <file>", "the same as --instructions, from a file")
    .option("--quiet", "nothing but the result")
    .option("--json", "events as lines of JSON on standard output, the result last");
  addSettingsFile(command);
  addModelFlags(command);
  addCapsFlags(command);
  addScriptFlags(command);
  addCheckpointsFlag(command);
  addSettingsFlags(command).action(async (taskFolder: string, flags: RunFlags) => {
    const { model, runId, python } = flags;
    const settings = settingsOf(flags.preset, { ...flags, instructions: instructionsOf(flags) });
    const choice = modelChoiceOf(flags);
    const scriptPolicy = scriptPolicyOf(flags);
    const caps = { ...NO_CAPS, ...capsOf(flags) };
    const models = modelsOfFile(flags.modelsFile);
    const checkpoints = checkpointsOf(flags.checkpoints);
    const ask = personAtTerminal(flags);
    // Loaded only here: the other commands start much faster without the graphs and LangChain.
    const { startRun } = await import("../run.ts");
    await follow(flags, ask, (around) =>
      startRun(
        {
          ...{ taskFolder, settings, caps, scriptPolicy, model, choice, models },
          ...{ runId, python, checkpoints },
        },
        around,
      ),
    );
  });
}
