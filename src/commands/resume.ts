import type { Command } from "commander";
import { addCapsFlags, type CapsFlags, capsOf } from "./caps-flags.ts";
import { addCheckpointsFlag, checkCheckpoints } from "./checkpoints-flag.ts";
import { follow, type OutputFlags } from "./follow.ts";
import { personAtTerminal } from "./review-flags.ts";

interface ResumeFlags extends OutputFlags, CapsFlags {
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
  addCapsFlags(command).action(async (runId: string, flags: ResumeFlags) => {
    checkCheckpoints(flags.checkpoints, { runId, runsDir: flags.runsDir });
    const person = personAtTerminal(flags);
    // Loaded only here: the other commands start much faster without the graphs and LangChain.
    const { answersFromFile } = await import("./answers-file.ts");
    const ask = flags.answer === undefined ? person : answersFromFile(flags.answer, person);
    const { resumeRun } = await import("../run.ts");
    await follow(flags, ask, (around) => resumeRun(runId, around, { caps: capsOf(flags) }));
  });
}
