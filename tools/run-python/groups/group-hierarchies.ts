import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Where this process stands in a hierarchy of control groups, as a folder of this file system. */
export interface Hierarchy {
  /** 1: one hierarchy for each controller. 2: one for all. */
  version: 1 | 2;
  /** Of version 1. */
  controllers: readonly string[];
  mount: string;
  own: string;
}

/** The hierarchies that are mounted here and show this process's own group. */
export function groupHierarchies(
  mounts: string = readOwn("mountinfo"),
  groups: string = readOwn("cgroup"),
): Hierarchy[] {
  const placed = new Map<string, string>();
  for (const line of groups.split("\n")) {
    const [, controllers = "", path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (path !== undefined) for (const name of controllers.split(",")) placed.set(name, path);
  }
  return mounts.split("\n").flatMap((line): Hierarchy[] => {
    const [left = "", right = ""] = line.split(" - ");
    const [, , , root = "", mount = ""] = left.split(" ");
    const [type = "", , options = ""] = right.split(" ");
    const version = type === "cgroup" ? 1 : type === "cgroup2" ? 2 : null;
    if (version === null) return [];
    const controllers =
      version === 2 ? [""] : options.split(",").filter((name) => placed.has(name));
    const path = controllers.map((name) => placed.get(name)).find((found) => found !== undefined);
    const below = path === undefined ? ".." : relative(root, path);
    return below.startsWith("..") ? [] : [{ version, controllers, mount, own: join(mount, below) }];
  });
}

/** Folders of a hierarchy of version 2 that a group may be made in: a group that holds processes may not pass limits on. */
export const parentsOf = ({ own, mount }: Hierarchy): string[] =>
  own === mount ? [own] : [own, dirname(own)];

function readOwn(name: string): string {
  try {
    return readFileSync(`/proc/self/${name}`, "utf8");
  } catch {
    // This system has no control groups.
    return "";
  }
}
