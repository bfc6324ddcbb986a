import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import type { Flags } from "../bench/bench-folder.ts";
import type { Row } from "../bench/row.ts";
import { SettingsError } from "../core/errors.ts";
import { formatScore } from "../report/format.ts";
import { checkpointsOf } from "./checkpoints-flag.ts";
import { addFlags, asked, flagsOf, type Words } from "./flag.ts";
import { addRunFlags, Start } from "./flags.ts";
import { addSettingsFile } from "./settings-file.ts";

const Bench = z.object({
  repeat: z.int().min(1).default(3),
  answers: z.string().optional(),
  out: z.string().optional(),
  against: z.string().optional(),
  json: z.boolean().default(false),
});
const BENCH: Words<z.infer<typeof Bench>> = {
  repeat: ["<number>", "runs of each task, with seeds from 0 (default 3)"],
  answers: ["<folder>", "labels of the tests: <folder>/<task>/answers.csv, or MLE-bench's"],
  out: [
    "<folder>",
    "where runs and results are kept (default benches/<name of the tasks' folder>)",
  ],
  against: ["<folder>", "an earlier --out to compare with, pair by pair"],
  json: ["", "the results as JSON on standard output"],
};

/** `mle-star bench <folder-of-tasks>`. */
export function addBenchCommand(program: Command): void {
  const command = program
    .command("bench")
    .description("run every task of a folder under one set of settings, and grade what comes of it")
    .argument("<folder-of-tasks>");
  addFlags(command, Bench, BENCH);
  addSettingsFile(addRunFlags(command)).action(async (tasks: string) => {
    const { repeat, answers, out, against, json } = asked(Bench, command);
    const plan = {
      ...{ tasks, repeat, flags: flagsFor(command) },
      ...{ answers: answers ?? null, against: against ?? null },
      out: resolve(out ?? join("benches", basename(resolve(tasks)))),
    };
    // Loaded only here: the other commands start much faster without what reads and grades tasks.
    const { runBench } = await import("../bench/run-bench.ts");
    const { openGrader } = await import("../bench/open-grader.ts");
    const { linesOf } = await import("../bench/tables.ts");
    const say = (line: string) => (json ? console.error(line) : console.log(line));
    const python = asked(Start, command).python;
    const results = await runBench(plan, {
      command: [process.execPath, ...process.execArgv, process.argv[1] ?? ""],
      grader: openGrader({ python, onProgress: say }),
      signal: interrupts(say),
      onRow: (row, count, of) => say(`[${count} of ${of}] ${told(row)}`),
    });
    console.log(json ? JSON.stringify(results, null, 2) : linesOf(results).join("\n"));
    say(`\nThe same in ${join(plan.out, "results.md")}, results.csv and results.json`);
  });
}

/** A run that has ended, in a line. */
function told({ task, seed, status, reported, hidden, problem }: Row): string {
  const scores = [
    ...(hidden === null ? [] : [`hidden ${formatScore(hidden.score)}`]),
    ...(reported === null ? [] : [`reported ${formatScore(reported.score)}`]),
    ...(problem === null ? [] : [problem]),
  ];
  return `${task}, seed ${seed}: ${[status, ...scores].join(", ")}`;
}

/** What every run is asked for, as a settings file has it: the same scripts are run anew each time, or time would not compare. */
function flagsFor(command: Command): Flags {
  const given = flagsOf(command).filter(
    (flag) =>
      flag.whole !== Bench &&
      ["cli", "config"].includes(command.getOptionValueSource(flag.attributeName()) ?? ""),
  );
  const value = (flag: (typeof given)[number]) => {
    const asked = command.getOptionValue(flag.attributeName());
    if (flag.called === "checkpoints") return checkpointsOf(asked);
    return flag.flags.endsWith("<time>") ? `${asked}s` : asked;
  };
  if (given.some(({ called }) => called === "seed"))
    throw new SettingsError(
      "bench: --seed: each task runs with the seeds from 0; say how many by --repeat",
    );
  const flags = Object.fromEntries(given.map((flag) => [flag.called, value(flag)]));
  return z.record(z.string(), z.json()).parse({ ...flags, cache: false });
}

/** The first interrupt lets the run under way drain, a second leaves it to that. */
function interrupts(say: (line: string) => void): AbortSignal {
  const aborter = new AbortController();
  const interrupt = () => {
    if (aborter.signal.aborted) process.exit(130);
    say("Stopping: the run under way is ended, and can be resumed. Once more to leave at once.");
    aborter.abort(new Error("interrupted"));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return aborter.signal;
}
