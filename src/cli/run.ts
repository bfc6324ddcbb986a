import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { Caps } from "../core/caps.ts";
import { Corrections } from "../core/corrections.ts";
import { ModelChoice } from "../core/model-choice.ts";
import { presetFor } from "../core/presets.ts";
import { ScriptPolicy } from "../core/script-policy.ts";
import { parseSettings, Settings } from "../core/settings.ts";
import { modelsFromMarkdown } from "../core/words/models-markdown.ts";
import { personAtTerminal } from "./ask-in-terminal.ts";
import { checkpointsOf } from "./checkpoints-flag.ts";
import { addFlags, asked, given } from "./flag.ts";
import { readFlagFile } from "./flag-file.ts";
import { addCorrections, addRunFlags, Checkpoints, REPLAY, Start } from "./flags.ts";
import { addOutputFlags, follow, type OutputFlags } from "./follow.ts";
import { addSettingsFile } from "./settings-file.ts";

interface RunFlags extends OutputFlags {
  runId?: string;
  modelsFile?: string;
  instructionsFile?: string;
}

/** `mle-star run <task-folder>`. */
export function addRunCommand(program: Command): void {
  const command = addOutputFlags(program.command("run"))
    .description("work on a task: a folder with a description and data")
    .argument("<task-folder>")
    .option("--run-id <id>", "name of the run's folder")
    .option("--models-file <file>", "Markdown with models of your own, tried before those found");
  command.addOption(
    new Option("--instructions-file <file>", "the same as --instructions, from a file").conflicts(
      "instructions",
    ),
  );
  addFlags(addRunFlags(addCorrections(command)), ModelChoice, REPLAY);
  addSettingsFile(command).action(async (taskFolder: string, { runId, ...flags }: RunFlags) => {
    const { instructionsFile: told, modelsFile: own } = flags;
    const wanted = askedRun(taskFolder, command);
    if (told !== undefined)
      wanted.settings.instructions = readFlagFile("--instructions-file", told, (text) => text);
    const run = {
      ...wanted,
      runId,
      settings: parseSettings(wanted.settings),
      models: own === undefined ? [] : readFlagFile("--models-file", own, modelsFromMarkdown),
    };
    // Loaded only here: the other commands start much faster without the graphs and LangChain.
    const { startRun } = await import("../run/run.ts");
    await follow(flags, personAtTerminal(flags), (around) => startRun(run, around));
  });
}

/** The run that the flags of a command ask for. */
export function askedRun(taskFolder: string, command: Command) {
  const { preset, python } = asked(Start, command);
  const { replay, ...choice } = asked(ModelChoice, command);
  const own = given(Settings, command);
  const caps = asked(Caps, command);
  return {
    ...{ taskFolder, python, model: choice.model },
    settings: parseSettings({ ...presetFor(preset, caps), ...own }),
    open: Settings.keyof().options.filter((name) => own[name] === undefined),
    choice: { ...choice, replay: replay && resolve(replay) },
    corrections: given(Corrections, command),
    caps,
    scriptPolicy: asked(ScriptPolicy, command),
    checkpoints: checkpointsOf(asked(Checkpoints, command).checkpoints),
  };
}
