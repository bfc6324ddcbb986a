import { statSync } from "node:fs";
import { dirname } from "node:path";

/** Whether other users may walk to the path. */
export function isOpenToOthers(path: string): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if ((statSync(folder).mode & 0o001) === 0) return false;
  return true;
}

/** Whether other users who get to it may read the file, or list the folder. */
export function othersMayRead(path: string): boolean {
  const state = statSync(path);
  const needed = state.isDirectory() ? 0o005 : 0o004;
  return (state.mode & needed) === needed;
}
