import { join } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import type { ScriptPolicy } from "../../src/core/script-policy.ts";
import { findCommand } from "../find-command.ts";
import { bubblewrap } from "./bubblewrap.ts";
import { container } from "./container.ts";
import { containerImage } from "./container-image.ts";
import type { Executor } from "./executor.ts";
import { openDoors, type Python, probeSandbox } from "./probe-sandbox.ts";
import { seatbelt } from "./seatbelt.ts";
import { unconfined } from "./unconfined.ts";

export type SandboxName = NonNullable<ScriptPolicy["sandbox"]>;
type Confining = Exclude<SandboxName, "auto" | "none">;

export interface SandboxOptions {
  python: Python;
  /** The program's data home: probes and stages live in it for a moment. */
  home: string;
  /** The locked packages, for containers, which have a Python of their own; null when the user named an interpreter. */
  lockFile: string | null;
  onProgress?: (line: string) => void;
  userId?: number | undefined;
  /** Where a command is on this machine; null when it is not there. */
  find?: (command: string) => string | null;
}

type Trial = { executor: Executor } | { problem: string };

/**
 * The way to run scripts that was asked for by name, or with `auto` the first that works on this machine, seen by running
 * a harmless script in it. `auto` never means none: without a sandbox it is refused with what to install.
 */
export async function selectSandbox(
  choice: SandboxName,
  options: SandboxOptions,
): Promise<Executor> {
  const { onProgress = () => {}, userId } = options;
  if (choice === "none") return unconfined(onProgress, userId);
  const problems: string[] = [];
  for (const name of choice === "auto" ? usualOrder() : [choice]) {
    const trial = await tryOut(name, options);
    if ("executor" in trial) return trial.executor;
    problems.push(`${name} ${trial.problem}`);
  }
  throw new SettingsError(
    `No sandbox works here for the scripts (${problems.join("; ")}): ${HOW_TO_INSTALL}, or accept scripts without a sandbox by --sandbox none.`,
  );
}

const HOW_TO_INSTALL =
  process.platform === "darwin"
    ? "install Podman or Docker"
    : "install bubblewrap 0.8 or later (Debian and Ubuntu: apt-get install bubblewrap)";

function usualOrder(): Confining[] {
  return [process.platform === "darwin" ? "seatbelt" : "bubblewrap", "podman", "docker"];
}

const COMMANDS: Record<Confining, string> = {
  bubblewrap: "bwrap",
  seatbelt: "sandbox-exec",
  podman: "podman",
  docker: "docker",
};

async function tryOut(name: Confining, options: SandboxOptions): Promise<Trial> {
  const command = (options.find ?? findCommand)(COMMANDS[name]);
  if (command === null) return { problem: "is not installed" };
  const made = await make(name, command, options);
  if ("problem" in made) return made;
  const seen = await probeSandbox(made.executor, options.python, join(options.home, "probe"));
  if ("problem" in seen) return { problem: `does not work: ${seen.problem}${advice(name)}` };
  // The other sandboxes have other means than Linux namespaces; what counts for all is that the network is off.
  const doors = name === "bubblewrap" ? openDoors(seen) : [];
  if (seen.network) doors.push("it reaches the network");
  return doors.length === 0 ? made : { problem: `is not tight: ${doors.join(", ")}` };
}

async function make(name: Confining, command: string, options: SandboxOptions): Promise<Trial> {
  const { home, userId = process.getuid?.(), lockFile, onProgress = () => {} } = options;
  switch (name) {
    case "bubblewrap":
      return { executor: bubblewrap({ command, stageFolder: join(home, "stage"), userId }) };
    case "seatbelt":
      return { executor: seatbelt(command) };
    case "podman":
    case "docker": {
      if (lockFile === null) return { problem: "cannot use an interpreter named by --python" };
      const found = await containerImage(command, lockFile, onProgress);
      return "problem" in found ? found : { executor: container(command, found.image) };
    }
  }
}

/** Ubuntu 24.04 and later let only programs with a profile make user namespaces. */
function advice(name: Confining): string {
  if (name !== "bubblewrap") return "";
  return " (on Ubuntu an AppArmor profile must allow /usr/bin/bwrap user namespaces: install the package apparmor-profiles; in a container, allow unprivileged user namespaces)";
}
