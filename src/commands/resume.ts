import type { Command } from "commander";
import { FREE_SETTINGS } from "../core/settings.ts";
import { addCapsFlags, type CapsFlags, capsOf } from "./caps-flags.ts";
import { addCheckpointsFlag, checkCheckpoints } from "./checkpoints-flag.ts";
import { follow, type OutputFlags } from "./follow.ts";
import { addModelFlagsAnew, type ModelFlags, modelChoiceOf } from "./model-flags.ts";
import { personAtTerminal } from "./review-flags.ts";
import { addSettingsFlags, settingsGiven } from "./settings-flags.ts";

interface ResumeFlags extends OutputFlags, CapsFlags, Partial<ModelFlags> {
  answer?: string;
  checkpoints?: string;
}

/** `mle-star resume <run-id>`. */
export function addResumeCommand(program: Command): void {
  const command = program
    .command("resume")
    .description("go on with a run that was interrupted or killed")
    .argument("<run-id>")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .option("--answer <file>", "answers to what the run asked, by place: JSON or YAML")
    .option("--quiet", "nothing but the result")
    .option("--json", "events as lines of JSON on standard output, the result last");
  addCheckpointsFlag(command);
  addModelFlagsAnew(command);
  addSettingsFlags(command, FREE_SETTINGS);
  addCapsFlags(command).action(async (runId: string, flags: ResumeFlags) => {
    checkCheckpoints(flags.checkpoints, { runId, runsDir: flags.runsDir });
    const person = personAtTerminal(flags);
    // Loaded only here: the other commands start much faster without the graphs and LangChain.
    const { answersFromFile } = await import("./answers-file.ts");
    const ask = flags.answer === undefined ? person : answersFromFile(flags.answer, person);
    const { resumeRun } = await import("../run.ts");
    const chosen = modelChoiceOf(givenFlags(command, flags));
    const anew = {
      caps: capsOf(flags),
      choice: Object.keys(chosen).length === 0 ? undefined : chosen,
      settings: settingsGiven({ ...flags }),
    };
    await follow(flags, ask, (around) => resumeRun(runId, around, anew));
  });
}

/** What was said on the command line: a default is no wish to change anything. */
const givenFlags = (command: Command, flags: ResumeFlags): Partial<ModelFlags> =>
  Object.fromEntries(
    Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === "cli"),
  );
