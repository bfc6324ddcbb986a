import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { Change } from "../../tools/run-folder/fork-folder.ts";
import { SettingsError } from "../core/errors.ts";
import { follow, type OutputFlags } from "./follow.ts";
import { personAtTerminal } from "./review-flags.ts";

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
  program
    .command("fork")
    .description("start a new run from a step of another, with a change there")
    .argument("<run-id>")
    .requiredOption("--from <attempt-id>", "the step that is to go otherwise")
    .option("--plan <text>", "the plan to follow there")
    .option("--script <file>", "the script to try there")
    .option("--model <provider:name>", "the model to ask from there on")
    .option("--base-url <address>", "of that model's server, where it is not the usual one")
    .option("--run-id <id>", "name of the new run's folder")
    .option("--runs-dir <folder>", "where runs are kept", "runs")
    .option("--quiet", "nothing but the result")
    .option("--json", "events as lines of JSON on standard output, the result last")
    .action(async (runId: string, flags: ForkFlags) => {
      const { from, baseUrl, runId: newRunId } = flags;
      if (baseUrl !== undefined && flags.model === undefined)
        throw new SettingsError("fork: --base-url is of the model that --model names");
      const fork = { runId, from, change: changeOf(flags), baseUrl, newRunId };
      const ask = personAtTerminal(flags);
      // Loaded only here: the other commands start much faster without the graphs and LangChain.
      const { forkRun } = await import("../fork.ts");
      await follow(flags, ask, (around) => forkRun(fork, around));
    });
}

function changeOf({ plan, script, model }: ForkFlags): Change {
  const given: Change[] = [
    ...(plan === undefined ? [] : [{ plan }]),
    ...(script === undefined ? [] : [{ script: textOf(script) }]),
    ...(model === undefined ? [] : [{ model }]),
  ];
  const [change] = given;
  if (change === undefined || given.length > 1)
    throw new SettingsError("fork: give one change: --plan TEXT, --script FILE or --model NAME");
  return change;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SettingsError(`--script ${path}: it cannot be read`, { cause });
  }
}
