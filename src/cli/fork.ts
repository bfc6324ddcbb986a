import type { Command } from "commander";
import { SettingsError } from "../core/errors.ts";
import type { Change } from "../record/fork-folder.ts";
import { personAtTerminal } from "./ask-in-terminal.ts";
import { readFlagFile } from "./flag-file.ts";
import { addOutputFlags, follow, type OutputFlags } from "./follow.ts";

interface ForkFlags extends OutputFlags {
  from: string;
  plan?: string;
  script?: string;
  model?: string;
  baseUrl?: string;
  runId?: string;
}

/** `mle-star fork <run-id>`. */
export function addForkCommand(program: Command): void {
  addOutputFlags(program.command("fork"))
    .description("start a new run from a step of another, with a change there")
    .argument("<run-id>")
    .requiredOption("--from <attempt-id>", "the step that is to go otherwise")
    .option("--plan <text>", "the plan to follow there")
    .option("--script <file>", "the script to try there")
    .option("--model <provider:name>", "the model to ask from there on")
    .option("--base-url <address>", "of that model's server, where it is not the usual one")
    .option("--run-id <id>", "name of the new run's folder")
    .action(async (runId: string, flags: ForkFlags) => {
      const { from, baseUrl, runId: newRunId } = flags;
      if (baseUrl !== undefined && flags.model === undefined)
        throw new SettingsError("fork: --base-url is of the model that --model names");
      const fork = { runId, from, change: changeOf(flags), baseUrl, newRunId };
      // Loaded only here: the other commands start much faster without the graphs and LangChain.
      const { forkRun } = await import("../run/fork.ts");
      await follow(flags, personAtTerminal(flags), (around) => forkRun(fork, around));
    });
}

function changeOf({ plan, script, model }: ForkFlags): Change {
  const given: Change[] = [
    ...(plan === undefined ? [] : [{ plan }]),
    ...(script === undefined ? [] : [{ script: readFlagFile("--script", script, (text) => text) }]),
    ...(model === undefined ? [] : [{ model }]),
  ];
  const [change] = given;
  if (change === undefined || given.length > 1)
    throw new SettingsError("fork: give one change: --plan TEXT, --script FILE or --model NAME");
  return change;
}
