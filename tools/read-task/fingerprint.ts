import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";

export interface Fingerprint {
  /** SHA-256 over names and contents of the files: it changes when the task folder does. */
  fingerprint: string;
  /** The first half of each file's own digest, by its path: enough to tell which changed. */
  files: Record<string, string>;
}

/** What a task folder's files are known by, wherever the folder lies. */
export async function fingerprint(folder: string, paths: readonly string[]): Promise<Fingerprint> {
  const files: Record<string, string> = {};
  for (const path of paths.toSorted()) {
    const hash = createHash("sha256");
    const bytes: AsyncIterable<Buffer> = createReadStream(join(folder, path), {
      highWaterMark: 1 << 20,
    });
    for await (const chunk of bytes) hash.update(chunk);
    files[path] = hash.digest("hex").slice(0, 32);
  }
  const whole = createHash("sha256").update(JSON.stringify(Object.entries(files)));
  return { fingerprint: whole.digest("hex"), files };
}
