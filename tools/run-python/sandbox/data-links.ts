import { readdirSync, readlinkSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SettingsError } from "../../../src/core/errors.ts";
import { othersMayRead } from "../../machine/open-to-others.ts";

const MOST_LINKS = 1000;
const known = new Map<string, readonly string[]>();

/**
 * The paths that links in the data folder lead to, wherever in it they are: a sandbox must show them, too, and nothing
 * beside them. The folder of a run's data does not change, so it is walked once.
 */
export function linkTargets(folder: string): readonly string[] {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const targets = new Set<string>();
  collect(folder, targets, folder);
  known.set(folder, [...targets]);
  return [...targets];
}

const open = new Set<string>();

/** Refuses data of which a file is closed to other users, where the scripts that are to read it run as one. */
export function needOpenData(folder: string): void {
  if (open.has(folder)) return;
  for (const path of [folder, ...linkTargets(folder)]) {
    const closed = firstClosed(path);
    if (closed !== null)
      throw new SettingsError(
        `${closed} can be read by its owner alone, and root's scripts run as another user: let others read it (chmod -R a+rX).`,
      );
  }
  open.add(folder);
}

/** The first within the path, or the path itself, that others may not read; null when there is none. */
export function firstClosed(path: string): string | null {
  if (!othersMayRead(path)) return path;
  if (!statSync(path).isDirectory()) return null;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const closed = entry.isSymbolicLink() ? null : firstClosed(join(path, entry.name));
    if (closed !== null) return closed;
  }
  return null;
}

function collect(folder: string, targets: Set<string>, root: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) collect(path, targets, root);
    else if (entry.isSymbolicLink()) follow(path, targets, root);
  }
}

function follow(link: string, targets: Set<string>, root: string): void {
  const target = resolve(dirname(link), readlinkSync(link));
  if (targets.has(target) || target.startsWith(`${root}/`)) return;
  const state = statSync(target, { throwIfNoEntry: false });
  if (state === undefined) return;
  targets.add(target);
  if (targets.size > MOST_LINKS)
    throw new SettingsError(
      `${root} holds more than ${MOST_LINKS} links to other places (one is ${link}): put the files themselves there.`,
    );
  if (state.isDirectory()) collect(target, targets, root);
}
