import type { FileHandle } from "node:fs/promises";

const PIECE_BYTES = 2 ** 18;

/** Copies so many bytes of a file, at most, into an empty one; pieces of nothing but zeros take no room there. */
export async function copyKeepingHoles(
  source: FileHandle,
  target: FileHandle,
  most: number,
): Promise<void> {
  const buffer = Buffer.alloc(PIECE_BYTES);
  const zeros = Buffer.alloc(PIECE_BYTES);
  let position = 0;
  while (position < most) {
    const wanted = Math.min(PIECE_BYTES, most - position);
    const { bytesRead } = await source.read(buffer, 0, wanted, position);
    if (bytesRead === 0) break;
    const isHole = buffer.subarray(0, bytesRead).equals(zeros.subarray(0, bytesRead));
    for (let done = 0; !isHole && done < bytesRead; ) {
      const { bytesWritten } = await target.write(buffer, done, bytesRead - done, position + done);
      done += bytesWritten;
    }
    position += bytesRead;
  }
  await target.truncate(position);
}
