import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isThere } from "./process-identity.ts";

/** Writes a whole file so that a reader, or a crash, sees either the old content or the new. */
export function writeAtomically(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, "w");
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** Takes away what processes that ended within such a write left in a folder. */
export function sweepUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.tmp$/.exec(name) ?? [];
    // This process is at no write while it looks.
    const isLeft = pid !== undefined && (Number(pid) === process.pid || !isThere(Number(pid)));
    if (isLeft) rmSync(join(folder, name), { force: true });
  }
}
