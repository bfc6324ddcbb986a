import { join, resolve } from "node:path";
import type { Command } from "commander";
import { lockState } from "../record/run-lock.ts";
import { readRun } from "../record/run-record.ts";
import { askToFinish } from "../run/finishing.ts";
import { personAtTerminal } from "./ask-in-terminal.ts";
import { addOutputFlags, follow, type OutputFlags } from "./follow.ts";

/** `mle-star finish <run-id>`. */
export function addFinishCommand(program: Command): void {
  addOutputFlags(program.command("finish"))
    .description("end a run's search now, and make the submission of the best so far")
    .argument("<run-id>")
    .action(async (runId: string, flags: OutputFlags) => {
      readRun(flags.runsDir, runId);
      const folder = join(resolve(flags.runsDir), runId);
      askToFinish(folder);
      if (lockState(folder) === "held") {
        console.log(`run ${runId}: its search ends now, and its process makes the submission.`);
        return;
      }
      // Loaded only here: the other commands start much faster without the graphs and LangChain.
      const { resumeRun } = await import("../run/run.ts");
      await follow(flags, personAtTerminal(flags), (around) =>
        resumeRun(runId, around, { finish: true }),
      );
    });
}
