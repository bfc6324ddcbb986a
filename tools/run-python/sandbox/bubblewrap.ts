import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pinnedTo } from "../../machine/find-command.ts";
import { bootRequest } from "./boot-request.ts";
import { bubblewrapArguments, INSIDE, shownPaths } from "./bubblewrap-arguments.ts";
import { needOpenData } from "./data-links.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import { seccompFilter } from "./seccomp-filter.ts";
import { handOver, slotUser } from "./slot-user.ts";
import { type Spawned, sendSignal, spawnExecution } from "./spawn-execution.ts";
import { stageFor } from "./stage-folders.ts";

const PASSWORDS = `sandbox:x:${INSIDE.user}:${INSIDE.user}::${INSIDE.home}:/bin/sh\n`;
const BOOT = fileURLToPath(new URL("./boot.py", import.meta.url));

/**
 * Runs each script in a sandbox of its own by bubblewrap: it sees the system, its Python and the task's data read-only,
 * writes to its work folder alone, and has no network, no other process, no key and no right to gain any.
 */
export function bubblewrap(
  command: string,
  /** Where root binds what other users cannot reach; an empty folder. */
  stageFolder: string,
): Executor {
  const filter = seccompFilter();
  const boot = readFileSync(BOOT);
  const launch = async (spec: ExecutionSpec, request: unknown, listens: boolean) => {
    // Kernel settings are guarded by the real user alone: as root, a sandbox could write them.
    const user = slotUser(spec.slot);
    if (user !== null) {
      needOpenData(spec.inputFolder);
      await handOver(spec.workFolder, user);
    }
    const paths = [...shownPaths(spec), spec.workFolder];
    const { prefix, source } = user === null ? UNCHANGED : stageFor(user, paths, stageFolder);
    const sandbox = [command, ...bubblewrapArguments(spec, source)];
    const python = [spec.interpreter, INSIDE.boot, JSON.stringify(request)];
    const spawned = await spawnExecution(
      [...prefix, ...pinnedTo(spec.cores), ...sandbox, ...python],
      {
        env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
        stop: (processId) => sendSignal(-processId, "SIGKILL"),
        handed: [filter, Buffer.from(PASSWORDS), boot],
        tells: true,
        listens,
      },
    );
    return {
      ...spawned,
      ended: spawned.ended.finally(() => lastOneGone(spawned.told)),
      stop: (force: boolean) => void stopInside(spawned, force),
    };
  };
  return {
    name: "bubblewrap",
    start: (spec) => launch(spec, withProcessLimit(spec), spec.listens === true),
    async prepare(spec, modules) {
      const spawned = await launch(spec, { preload: modules }, true);
      let hasEnded = false;
      const note = () => {
        hasEnded = true;
      };
      spawned.ended.then(note, note);
      const begin = (later: ExecutionSpec) => {
        const request = { ...withProcessLimit(later), environment: later.environment };
        spawned.input?.end(`${JSON.stringify(request)}\n`);
        return spawned;
      };
      return { ...spawned, begin, hasEnded: () => hasEnded };
    },
  };
}

const UNCHANGED = { prefix: [], source: (path: string) => path };
const FEWEST_PROCESSES = 512;
const PROCESSES_PER_CORE = 32;

/** Counted per user namespace, so only what the script itself starts; threads count. */
function withProcessLimit(spec: ExecutionSpec) {
  const request = bootRequest(spec);
  const processes = Math.max(FEWEST_PROCESSES, PROCESSES_PER_CORE * spec.cores.length);
  return { ...request, limits: { ...request.limits, RLIMIT_NPROC: processes } };
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
