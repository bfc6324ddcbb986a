import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ControlGroup,
  type GroupFolder,
  type GroupLimits,
  makeGroup,
} from "./control-group.ts";
import { groupHierarchies, type Hierarchy, parentsOf } from "./group-hierarchies.ts";
import { groupName, sweepGroups } from "./sweep-groups.ts";

/** A way to have the kernel count and limit what a script and all it starts take. */
export interface ControlGroups {
  /** In words. */
  readonly name: string;
  make(limits: GroupLimits): ControlGroup;
}

/** Beyond what scripts are told: what the sandbox itself takes, so that they meet their own limit first. */
const SPARE_MB = 64;
const PART_FOR_CONNECTIONS = 8;
const TRIAL: GroupLimits = { memoryMb: 64, processes: 64, cores: [] };

let found: ControlGroups | null | undefined;

/** The way that works here, seen to work; null where there is none. Leftovers of killed programs are swept meanwhile. */
export function findGroups(): ControlGroups | null {
  if (found === undefined) {
    found = process.platform === "linux" ? firstThatWorks() : null;
    if (found !== null) void sweepGroups(groupHierarchies());
  }
  return found;
}

function firstThatWorks(): ControlGroups | null {
  const hierarchies = groupHierarchies();
  const second = hierarchies.find(({ version }) => version === 2);
  const ways = [
    separateHierarchies(hierarchies),
    ...(second === undefined ? [] : parentsOf(second).map(oneHierarchy)),
  ];
  return ways.find((way) => way !== null && works(way)) ?? null;
}

/** Whether a command starts in such a group, and says so itself. */
function works(way: ControlGroups): boolean {
  let group: ControlGroup | null = null;
  try {
    group = way.make(TRIAL);
    const [command = "", ...words] = [...group.prefix, "cat", "/proc/self/cgroup"];
    const { status, stdout } = spawnSync(command, words, { encoding: "utf8", timeout: 5000 });
    return status === 0 && /^\d+:(?:[^:]*\bmemory\b[^:]*)?:.*\/mle-star-/m.test(stdout);
  } catch {
    return false;
  } finally {
    void group?.remove();
  }
}

/** Version 1: a folder below this process's own in the hierarchy of each controller; memory is the one that counts. */
function separateHierarchies(hierarchies: readonly Hierarchy[]): ControlGroups | null {
  const ownOf = (controller: string) =>
    hierarchies.find(({ controllers }) => controllers.includes(controller))?.own;
  const [memory, cpuset, pids] = ["memory", "cpuset", "pids"].map(ownOf);
  if (memory === undefined) return null;
  return {
    name: "cgroup v1",
    make(limits) {
      const name = groupName();
      const folder = (
        parent: string | undefined,
        settings: GroupFolder["settings"],
        events: string | null = null,
      ) =>
        parent === undefined
          ? []
          : [{ path: join(parent, name), settings, entry: "tasks", events }];
      const bytes = (limits.memoryMb + SPARE_MB) * 2 ** 20;
      const least = { must: true, value: String(bytes) };
      const memorySettings = [
        { ...least, file: "memory.limit_in_bytes" },
        // With swap: without an account of it there is none to take.
        { ...least, file: "memory.memsw.limit_in_bytes", must: false },
        {
          file: "memory.kmem.tcp.limit_in_bytes",
          value: String(Math.floor(bytes / PART_FOR_CONNECTIONS)),
          must: false,
        },
      ];
      return makeGroup([
        ...folder(memory, memorySettings, "memory.oom_control"),
        ...folder(limits.cores.length === 0 ? undefined : cpuset, [
          { file: "cpuset.mems", value: read(join(cpuset ?? "", "cpuset.mems")), must: true },
          { file: "cpuset.cpus", value: limits.cores.join(","), must: true },
        ]),
        ...folder(pids, [{ file: "pids.max", value: String(limits.processes), must: true }]),
      ]);
    },
  };
}

/** Version 2: a folder below the parent, where that passes its memory's limit on. */
function oneHierarchy(parent: string): ControlGroups {
  return {
    name: "cgroup v2",
    make({ memoryMb, processes, cores }) {
      const bytes = String((memoryMb + SPARE_MB) * 2 ** 20);
      const settings = [
        { file: "memory.max", value: bytes, must: true },
        { file: "memory.swap.max", value: "0", must: false },
        { file: "memory.oom.group", value: "1", must: false },
        { file: "pids.max", value: String(processes), must: false },
        ...(cores.length === 0
          ? []
          : [{ file: "cpuset.cpus", value: cores.join(","), must: false }]),
      ];
      const path = join(parent, groupName());
      return makeGroup([{ path, settings, entry: "cgroup.procs", events: "memory.events" }]);
    },
  };
}

const read = (file: string) => readFileSync(file, "utf8");

/** In words, by which means scripts are held to their memory. */
export const memoryMeans = (groups: ControlGroups | null): string =>
  groups === null
    ? "memory is looked at ten times a second, for want of control groups"
    : `all memory is counted by the kernel (${groups.name})`;
