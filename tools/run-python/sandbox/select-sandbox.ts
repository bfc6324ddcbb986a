import { join } from "node:path";
import { SettingsError } from "../../../src/core/errors.ts";
import type { ScriptPolicy } from "../../../src/core/script-policy.ts";
import type { Python } from "../../environments/interpreter-roots.ts";
import { findCommand } from "../../machine/find-command.ts";
import { bubblewrap } from "./bubblewrap.ts";
import type { Executor } from "./executor.ts";
import { probeSandbox } from "./probe-sandbox.ts";
import { seatbelt } from "./seatbelt.ts";
import { unconfined } from "./unconfined.ts";

export type SandboxName = NonNullable<ScriptPolicy["sandbox"]>;

export interface SandboxOptions {
  python: Python;
  /** The program's data home: probes and stages live in it for a moment. */
  home: string;
  onProgress?: (line: string) => void;
  /** Where a command is on this machine; null when it is not there. */
  find?: (command: string) => string | null;
}

const COMMANDS = { bubblewrap: "bwrap", seatbelt: "sandbox-exec" };
type Confining = keyof typeof COMMANDS;

const USUAL: Confining = process.platform === "darwin" ? "seatbelt" : "bubblewrap";

/**
 * The way to run scripts that was asked for by name, or with `auto` the one of this system, seen to work by running a
 * harmless script in it. `auto` never means none: without a sandbox it is refused with what to do.
 */
export async function selectSandbox(
  choice: SandboxName,
  options: SandboxOptions,
): Promise<Executor> {
  const { onProgress = () => {} } = options;
  if (choice === "none") return unconfined(options.home);
  const name = choice === "auto" ? USUAL : choice;
  const trial = await tryOut(name, options);
  if ("problem" in trial)
    throw new SettingsError(
      `No sandbox works here for the scripts (${name} ${trial.problem}): ${REMEDY[name]} scripts without a sandbox by --sandbox none.`,
    );
  if (name === "seatbelt")
    onProgress("Scripts run in the sandbox of macOS, which was written but not tried on a Mac.");
  return trial;
}

const REMEDY: Record<Confining, string> = {
  bubblewrap:
    "install bubblewrap 0.8 or later (Debian and Ubuntu: apt-get install bubblewrap), or accept",
  seatbelt: "accept",
};

async function tryOut(
  name: Confining,
  options: SandboxOptions,
): Promise<Executor | { problem: string }> {
  const { home, find = findCommand } = options;
  const command = find(COMMANDS[name]);
  if (command === null) return { problem: "is not installed" };
  const stageFolder = join(home, "stage");
  const ways =
    name === "seatbelt"
      ? [seatbelt(command)]
      : [true, false].map((inMemory) => bubblewrap({ command, stageFolder, inMemory }));
  let problem = "";
  for (const executor of ways) {
    const seen = await probeSandbox(executor, options.python, join(home, "probe"));
    if ("doors" in seen)
      return seen.doors.length === 0
        ? executor
        : { problem: `is not tight: ${seen.doors.join(", ")}` };
    problem = seen.problem;
  }
  return { problem: `does not work: ${problem}${ADVICE[name]}` };
}

/** Ubuntu 24.04 and later let only programs with a profile make user namespaces. */
const ADVICE: Record<Confining, string> = {
  bubblewrap:
    " (on Ubuntu an AppArmor profile must allow /usr/bin/bwrap user namespaces: install the package apparmor-profiles; in a container, allow unprivileged user namespaces)",
  seatbelt: "",
};
