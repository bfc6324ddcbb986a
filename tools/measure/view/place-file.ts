import { constants, copyFileSync, linkSync, mkdirSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { codeOf } from "../../../src/core/errors.ts";

/** The same file under another name: a second name of it where the disk allows, else a copy; of a link the file it leads to. */
export function placeFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    linkSync(realpathSync(from), to);
  } catch (error) {
    if (!["EXDEV", "EPERM", "EACCES", "EMLINK", "ENOTSUP"].includes(codeOf(error))) throw error;
    copyFile(from, to);
  }
}

/** A file of its own; on disks that can it shares the space until one of them changes. */
export function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}
