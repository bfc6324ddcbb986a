import type { Command } from "commander";
import { Caps } from "../core/caps.ts";
import { ModelChoice } from "../core/model-choice.ts";
import { FREE_SETTINGS, Settings } from "../core/settings.ts";
import { personAtTerminal } from "./ask-in-terminal.ts";
import { checkCheckpoints } from "./checkpoints-flag.ts";
import { addFlags, asked, given } from "./flag.ts";
import { CAPS, CHECKPOINTS, CHOICE, Checkpoints, SETTINGS } from "./flags.ts";
import { addOutputFlags, follow, type OutputFlags } from "./follow.ts";

/** `mle-star resume <run-id>`. */
export function addResumeCommand(program: Command): void {
  const command = addOutputFlags(program.command("resume"))
    .description("go on with a run that was interrupted or killed")
    .argument("<run-id>")
    .option("--answer <file>", "answers to what the run asked, by place: JSON or YAML");
  addFlags(command, Checkpoints, CHECKPOINTS);
  addFlags(command, ModelChoice, CHOICE);
  addFlags(command, Settings, SETTINGS, FREE_SETTINGS);
  addFlags(command, Caps, CAPS);
  command.action(async (runId: string, flags: OutputFlags & { answer?: string }) => {
    const { checkpoints } = asked(Checkpoints, command);
    checkCheckpoints(checkpoints, { runId, runsDir: flags.runsDir });
    const person = personAtTerminal(flags);
    // Loaded only here: the other commands start much faster without the graphs and LangChain.
    const { answersFromFile } = await import("./answers-file.ts");
    const ask = flags.answer === undefined ? person : answersFromFile(flags.answer, person);
    const choice = given(ModelChoice, command);
    const anew = {
      caps: given(Caps, command),
      choice: Object.keys(choice).length === 0 ? undefined : choice,
      settings: given(Settings, command),
    };
    const { resumeRun } = await import("../run/run.ts");
    await follow(flags, ask, (around) => resumeRun(runId, around, anew));
  });
}
