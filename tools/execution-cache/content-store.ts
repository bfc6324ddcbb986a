import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hashFile } from "./hash-file.ts";

/** Keeps files by what is in them: the same bytes once, whole or not at all. */
export class ContentStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the bytes with this digest are kept. */
  pathOf(digest: string): string {
    return join(this.#folder, digest.slice(0, 2), digest);
  }

  /** Takes a copy of the file; its digest is its name. */
  async put(file: string): Promise<string> {
    const digest = await hashFile(file);
    const path = this.pathOf(digest);
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${randomUUID()}.new`;
    try {
      await copyFile(file, unfinished, constants.COPYFILE_FICLONE);
      const handle = await open(unfinished, "r+");
      await handle.sync().finally(() => handle.close());
      await chmod(unfinished, 0o444);
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
    return digest;
  }

  /** Writes a copy to the path; false when the bytes are not there, or are no longer what they were. */
  async take(digest: string, to: string): Promise<boolean> {
    await mkdir(dirname(to), { recursive: true });
    const path = this.pathOf(digest);
    try {
      await copyFile(path, to, constants.COPYFILE_FICLONE);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw error;
    }
    await chmod(to, 0o644);
    if ((await hashFile(to)) === digest) return true;
    await Promise.all([rm(path, { force: true }), rm(to, { force: true })]);
    return false;
  }
}
