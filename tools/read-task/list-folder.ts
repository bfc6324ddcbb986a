import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { join, relative } from "node:path";
import { codeOf } from "../../src/core/errors.ts";
import type { NotShown } from "../../src/core/task.ts";
import { hiddenName } from "./withheld.ts";

export interface FolderFile {
  /** Path inside the folder, with slashes. */
  path: string;
  bytes: number;
}

/** What a folder holds. */
export interface Listed {
  /** Its files, sorted by path. */
  files: FolderFile[];
  /** What is passed over without a look into it, and why; of a folder no more than the folder. */
  passed: NotShown[];
  /** Those of the files that are links to elsewhere. */
  links: ReadonlySet<string>;
}

/** The files below a folder, links followed, but never in a circle. Nothing is opened: a pipe would wait for ever. */
export function listFolder(folder: string): Listed {
  const root = realpathSync(folder);
  const found = { files: [], passed: [], links: new Set<string>() };
  walk({ root, real: root, below: "", walked: new Set(), found });
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
  return { ...found, files: found.files.toSorted(byPath), passed: found.passed.toSorted(byPath) };
}

interface Walk {
  root: string;
  /** The folder's own path, and its path below the root. */
  real: string;
  below: string;
  walked: Set<string>;
  found: { files: FolderFile[]; passed: NotShown[]; links: Set<string> };
}

function walk({ root, real, below, walked, found }: Walk): void {
  walked.add(real);
  const pass = (path: string, reason: string) => void found.passed.push({ path, reason });
  const entries = tried(() => readdirSync(real, { withFileTypes: true }));
  if (typeof entries === "string") pass(below, entries);
  for (const entry of typeof entries === "string" ? [] : entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    const reason = hiddenName(entry.name);
    const seen = reason === null ? look(root, real, entry) : reason;
    if (typeof seen === "string") pass(path, seen);
    else if (seen.state.isFile()) {
      found.files.push({ path, bytes: seen.state.size });
      if (entry.isSymbolicLink()) found.links.add(path);
    } else if (!seen.state.isDirectory()) pass(path, kindOf(seen.state));
    else if (walked.has(seen.real)) pass(path, "leads to a folder that is listed already");
    else walk({ root, real: seen.real, below: path, walked, found });
  }
}

/** What an entry is, and where; or why it cannot be told. */
function look(
  root: string,
  folder: string,
  entry: Dirent,
): { state: Stats; real: string } | string {
  const path = join(folder, entry.name);
  return tried(() => {
    const real = entry.isSymbolicLink() ? realpathSync(path) : path;
    const refused = entry.isSymbolicLink() ? refusedTarget(root, real) : null;
    return refused ?? { state: statSync(real), real };
  });
}

function tried<Found>(act: () => Found): Found | string {
  try {
    return act();
  } catch (error) {
    const reason = UNREADABLE[codeOf(error)];
    if (reason === undefined) throw error;
    return reason;
  }
}

const UNREADABLE: Record<string, string> = {
  ENOENT: "a link that leads nowhere",
  ELOOP: "a link that leads back to itself",
  ENOTDIR: "a link that leads nowhere",
  EACCES: "may not be read",
  ENAMETOOLONG: "lies too deep",
};

const OF_THE_SYSTEM = /^\/(?:proc|sys|dev)(?:\/|$)/;

/** A link gives no way around what is hidden. */
function refusedTarget(root: string, real: string): string | null {
  if (OF_THE_SYSTEM.test(real)) return "leads to the system's own files";
  const inside = relative(root, real);
  const names = inside.startsWith("..") ? real.split("/").slice(-1) : inside.split("/");
  return names.some((name) => name !== "" && hiddenName(name) !== null)
    ? "leads to what is hidden"
    : null;
}

function kindOf(state: Stats): string {
  if (state.isFIFO()) return "a named pipe";
  if (state.isSocket()) return "a socket";
  return state.isBlockDevice() || state.isCharacterDevice() ? "a device" : "no file";
}
