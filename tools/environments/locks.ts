import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ToolError } from "../../src/core/errors.ts";
import type { ExtraName } from "./extras.ts";

/** Exact versions with the digests of their wheels: what an environment is made of. */
export interface Lock {
  text: string;
  /** Builds of torch for the CPU alone, which only PyTorch's own index has; empty where the usual ones do. */
  cpuTorch: string;
  /** Names the environment's folder. */
  digest: string;
}

/** What stands beside a package's name in a lock, up to the next. */
const ENTRY = /^([A-Za-z0-9._-]+)==.*(?:\n .*)*\n/gm;
const FOR_GPU_ALONE = /^(?:nvidia-|cuda-|triton$)/;
const TORCH = ["torch", "torchvision"];

/**
 * The locks of an environment with these extras, the one to try first first: without a graphics processor on Linux the
 * small builds of torch, then those of the package index, which bring several GB for processors that are not there.
 */
export function locksFor(
  extras: readonly ExtraName[],
  { hasGpu, platform = process.platform }: { hasGpu: boolean; platform?: NodeJS.Platform },
): [Lock, ...Lock[]] {
  const base = readLock(hasGpu && platform === "linux" ? "requirements-gpu" : "requirements");
  const more = extras.map(readLock).join("");
  const known = new Set(entriesOf(base));
  const beyond = (isWanted: (name: string) => boolean) =>
    base +
    entriesOf(more, isWanted)
      .filter((entry) => !known.has(entry))
      .join("");
  const whole = lockOf(beyond(() => true));
  const torch = entriesOf(readLock("torch-cpu"), (name) => more.includes(`\n${name}==`));
  if (torch.length === 0 || hasGpu || platform !== "linux") return [whole];
  const small = beyond((name) => !TORCH.includes(name) && !FOR_GPU_ALONE.test(name));
  return [lockOf(small, torch.join("")), whole];
}

const lockOf = (text: string, cpuTorch = ""): Lock => ({
  ...{ text, cpuTorch },
  digest: createHash("sha256")
    .update(text + cpuTorch)
    .digest("hex")
    .slice(0, 16),
});

/** The locks stand below this module, in the source tree and in the built package alike. */
function readLock(name: string): string {
  const file = fileURLToPath(new URL(`./locks/${name}.lock`, import.meta.url));
  if (!existsSync(file))
    throw new ToolError(`The installation is incomplete: ${file} is missing; install again.`);
  return readFileSync(file, "utf8");
}

/** Its entries, each once, as they stand. */
const entriesOf = (lock: string, isWanted: (name: string) => boolean = () => true): string[] => [
  ...new Set(
    [...lock.matchAll(ENTRY)].filter(([, name = ""]) => isWanted(name)).map(([entry]) => entry),
  ),
];

const LOCKS = ["requirements", "requirements-gpu", "deep", "text", "audio", "torch-cpu"];

/** What a lock says of this version of a package: its line with the digests of its files; null where none has it. */
export function lockedEntry({ name, version }: { name: string; version: string }): string | null {
  const isIt = (entry: string, found: string) =>
    plain(found) === plain(name) && /==([^\s;]+)/.exec(entry)?.[1] === version;
  for (const lock of LOCKS)
    for (const [entry, found = ""] of readLock(lock).matchAll(ENTRY))
      if (isIt(entry, found)) return entry;
  return null;
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, "-");
