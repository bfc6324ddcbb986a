import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pinnedTo } from "../../machine/find-command.ts";
import { type ControlGroups, findGroups, memoryMeans } from "../groups/find-groups.ts";
import { bootRequest, processLimit } from "./boot-request.ts";
import { bubblewrapArguments, INSIDE, shownPaths } from "./bubblewrap-arguments.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import {
  fitsInMemory,
  holdFolder,
  memoryFolderArguments,
  newMark,
  sourceOf,
} from "./memory-folder.ts";
import { processTree } from "./process-tree.ts";
import { readableCopies } from "./readable-copies.ts";
import { seccompFilter } from "./seccomp-filter.ts";
import { handOver, slotUser } from "./slot-user.ts";
import { type Spawned, sendSignal, spawnExecution } from "./spawn-execution.ts";
import { stageFor } from "./stage-folders.ts";

const PASSWORDS = `sandbox:x:${INSIDE.user}:${INSIDE.user}::${INSIDE.home}:/bin/sh\n`;
const BOOT = fileURLToPath(new URL("./boot.py", import.meta.url));

export interface BubblewrapOptions {
  command: string;
  /** Where root binds what other users cannot reach; an empty folder. */
  stageFolder: string;
  /** Whether small work folders may be in memory. */
  inMemory?: boolean;
  groups?: ControlGroups | null;
}

/**
 * Runs each script in a sandbox of its own by bubblewrap: it sees the system, its Python and the task's data read-only,
 * writes to its work folder alone, and has no network, no other process, no key and no right to gain any.
 */
export function bubblewrap({
  command,
  stageFolder,
  inMemory = true,
  groups = findGroups(),
}: BubblewrapOptions): Executor {
  const filter = seccompFilter({ isMemoryCounted: groups !== null });
  const boot = readFileSync(BOOT);
  const isInMemory = (spec: ExecutionSpec) => inMemory && fitsInMemory(spec);
  const launch = async (spec: ExecutionSpec, request: unknown, listens: boolean) => {
    // Kernel settings are guarded by the real user alone: as root, a sandbox could write them.
    const user = slotUser(spec.slot);
    const { prefix, source } = user === null ? UNCHANGED : await staged(spec, user, stageFolder);
    const mark = isInMemory(spec) ? newMark() : null;
    const folder = mark === null ? undefined : memoryFolderArguments(spec, INSIDE.workFolder, mark);
    const sandbox = [command, ...bubblewrapArguments(spec, source, folder)];
    const python = [spec.interpreter, INSIDE.boot, JSON.stringify(request)];
    const group = groupFor(spec, groups);
    const spawned = await spawnExecution(
      [...(group?.prefix ?? []), ...prefix, ...pinnedTo(spec.cores), ...sandbox, ...python],
      {
        env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
        stop: (processId) => sendSignal(-processId, "SIGKILL"),
        tellWhere: () => {},
        handed: [filter, Buffer.from(PASSWORDS), boot],
        tells: true,
        listens,
      },
    ).catch(async (error: unknown) => {
      await group?.remove();
      throw error;
    });
    const heldFolder = mark === null ? undefined : await hold(spawned, mark);
    return {
      ...spawned,
      ended: spawned.ended.finally(() => lastOneGone(spawned.told)).finally(group?.remove),
      ...(group === null ? {} : { hasRunOut: group.hasRunOut }),
      ...(heldFolder === undefined ? {} : { heldFolder }),
      stop: (force: boolean) => void stopInside(spawned, force),
      tellWhere: () => void tellInside(spawned),
    };
  };
  const prepare = async (spec: ExecutionSpec, modules: readonly string[]) => {
    const spawned = await launch(spec, { preload: modules }, true);
    let hasEnded = false;
    const note = () => {
      hasEnded = true;
    };
    spawned.ended.then(note, note);
    const begin = (later: ExecutionSpec) => {
      const request = { ...withProcessLimit(later), environment: later.environment };
      const source = spawned.heldFolder === undefined ? {} : { source: sourceOf(later) };
      spawned.input?.end(`${JSON.stringify({ ...request, ...source })}\n`);
      return spawned;
    };
    return { ...spawned, begin, hasEnded: () => hasEnded };
  };
  return {
    name: "bubblewrap",
    means: [
      memoryMeans(groups),
      "cores are held by the filter of system calls",
      inMemory
        ? "work folders that take up to a quarter of the memory are in memory, larger ones are looked at each second"
        : "work folders are looked at each second",
    ].join("; "),
    start: async (spec) =>
      isInMemory(spec)
        ? (await prepare(spec, [])).begin(spec)
        : launch(spec, withProcessLimit(spec), spec.listens === true),
    prepare,
  };
}

/** What the user has to read, where he finds it, and the work folder his. */
async function staged(spec: ExecutionSpec, user: number, stageFolder: string) {
  const copies = await readableCopies(spec, join(stageFolder, "..", "readable"));
  await handOver(spec.workFolder, user);
  return stageFor(user, [...shownPaths(spec), spec.workFolder], stageFolder, undefined, copies);
}

async function hold(spawned: Spawned, mark: string) {
  const processId = firstProcess(await spawned.told);
  return processId === null ? undefined : holdFolder(processId, INSIDE.workFolder, mark);
}

const UNCHANGED = { prefix: [], source: (path: string) => path };
/** What the sandbox itself is made of. */
const OWN_PROCESSES = 16;

function groupFor(spec: ExecutionSpec, groups: ControlGroups | null) {
  const processes = processLimit(spec) + OWN_PROCESSES;
  // Its cores are held by the filter, which cannot be told from leave where a script asks for others.
  return groups?.make({ memoryMb: spec.memoryMb, processes, cores: [] }) ?? null;
}

/** Counted per user namespace, so only what the script itself starts; threads count. */
function withProcessLimit(spec: ExecutionSpec) {
  const request = bootRequest(spec);
  return { ...request, limits: { ...request.limits, RLIMIT_NPROC: processLimit(spec) } };
}

const GONE_MILLISECONDS = 5000;

/** Bubblewrap ends with the script; the kernel then still kills what the script left, and its first process last. */
async function lastOneGone(told: Promise<string>): Promise<void> {
  const processId = firstProcess(await told);
  if (processId === null) return;
  const deadline = performance.now() + GONE_MILLISECONDS;
  while (isRunning(processId) && performance.now() < deadline) await sleep(2);
}

function isRunning(processId: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${processId}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The sandbox's first process, by its number outside. */
function firstProcess(told: string): number | null {
  const [, processId] = /"child-pid": *(\d+)/.exec(told) ?? [];
  return processId === undefined ? null : Number(processId);
}

/** The script is the first that the sandbox's first process started. */
async function tellInside({ told }: Spawned): Promise<void> {
  const [, script] = processTree(firstProcess(await told) ?? 0);
  if (script !== undefined) sendSignal(script, "SIGXCPU");
}

const STOP_MILLISECONDS = 300;

/** Its first process takes all others along, and bubblewrap then sees to its end; killed first, it would leave a zombie. */
async function stopInside({ told, ended, stop }: Spawned, force: boolean): Promise<void> {
  const ahead = sleep(STOP_MILLISECONDS, null, { ref: false });
  const processId = firstProcess((await Promise.race([told, ahead])) ?? "");
  if (processId !== null) sendSignal(processId, "SIGKILL");
  const hasEnded = ended.then(
    () => true,
    () => true,
  );
  const isLate = (await Promise.race([hasEnded, ahead])) === null;
  if (processId === null || isLate) stop(force);
}
