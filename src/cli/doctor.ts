import type { Command } from "commander";
import { ModelChoice } from "../core/model-choice.ts";
import { addFlags, asked } from "./flag.ts";
import { CHOICE } from "./flags.ts";
import { addSettingsFile } from "./settings-file.ts";

const MARKS = { ok: "ok  ", note: "note", bad: "BAD " };

/** `mle-star doctor`: whether a run would work here, and what to do where it would not. Exit code 1 when it would not. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command("doctor")
    .description("see whether a run would work here: Python, sandbox, disk, model, search");
  addFlags(command, ModelChoice, CHOICE);
  addSettingsFile(command).action(async () => {
    const choice = asked(ModelChoice, command);
    // Loaded only here: the other commands start much faster without the providers' packages.
    const { examine } = await import("../run/doctor.ts");
    for await (const { subject, state, detail } of examine(choice, process.env)) {
      console.log(`${MARKS[state]}  ${subject.padEnd(12)}  ${detail}`);
      if (state === "bad") process.exitCode = 1;
    }
  });
}
