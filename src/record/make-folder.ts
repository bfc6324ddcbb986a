import { mkdirSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SettingsError } from "../core/errors.ts";

/** Makes a folder that a person named, with those above it; `problem` is the sentence that refuses one that cannot be written. */
export function makeFolder(folder: string, problem: string): void {
  try {
    makeMissing(resolve(folder));
    // Asking for permission is not enough: root has it even where nothing can be made.
    rmdirSync(mkdtempSync(join(folder, ".writable-")));
  } catch (cause) {
    throw new SettingsError(problem, { cause });
  }
}

/** One folder at a time: below /proc Node's own way of making several never returns. */
function makeMissing(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it in between.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}
