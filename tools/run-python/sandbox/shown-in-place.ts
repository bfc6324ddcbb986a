import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { SettingsError } from "../../../src/core/errors.ts";
import { isOpenToOthers } from "../../machine/open-to-others.ts";
import { linkTargets } from "./data-links.ts";
import type { ExecutionSpec } from "./executor.ts";
import { mayMount, mountInPlace } from "./mount-in-place.ts";
import { closedPaths, copyOf, readableCopies } from "./readable-copies.ts";

/**
 * Words before a command that another user is to run without a sandbox: what he needs and could not reach or read is
 * mounted for it where it is. Where root may not mount, data are copied, and anything else is refused.
 */
export async function shownInPlace(
  spec: ExecutionSpec,
  temporaryFolder: string,
  home: string,
): Promise<string[]> {
  const { inputFolder, interpreterRoots, workFolder } = spec;
  const [stageFolder, copiesFolder] = [join(home, "stage"), join(home, "readable")];
  const data = [inputFolder, ...linkTargets(inputFolder)];
  const isMounting = mayMount(stageFolder);
  const copies = isMounting
    ? await readableCopies(spec, copiesFolder)
    : new Map(closedPaths(spec).map((path) => [path, path]));
  const closed = [...new Set([...data, ...interpreterRoots, workFolder, temporaryFolder])].filter(
    (path) => copies.has(path) || !isOpenToOthers(path),
  );
  if (closed.length === 0) return [];
  if (isMounting) {
    const shown = new Map(closed.map((path) => [path, copies.get(path) ?? path]));
    return mountInPlace(shown, workFolder, stageFolder);
  }
  const other = closed.find((path) => !data.includes(path));
  if (other !== undefined)
    throw new SettingsError(
      `${other} can be reached by root alone, and its scripts run as another user: move it, or let others enter the folders on the way (chmod o+x).`,
    );
  const link = join(workFolder, "input");
  await rm(link);
  await symlink(await copyOf(inputFolder, copiesFolder, true), link);
  return [];
}
