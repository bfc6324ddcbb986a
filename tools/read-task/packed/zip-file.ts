import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { SettingsError } from "../../../src/core/errors.ts";

const [END, END_64, CENTRAL, LOCAL] = [0x06054b50, 0x07064b50, 0x02014b50, 30];
const LONGEST_END = 65_557;
/** Real tables shrink to a tenth or so; what is large and grows beyond this is no table. */
const [MOST_GROWTH, GROWTH_FROM] = [200, 2 ** 28];
const MOST_MEMBERS = 100_000;
const [STORED, DEFLATED, ENCRYPTED] = [0, 8, -1];

/** Whether what unpacks to so many bytes was made to fill a disk, or to be read for ever. */
export const isBomb = (bytes: number, packedBytes: number): boolean =>
  bytes > GROWTH_FROM && bytes > MOST_GROWTH * packedBytes;

/** A file in an archive. */
export interface ZipMember {
  path: string;
  bytes: number;
  packedBytes: number;
  method: number;
  /** Where its own header begins in the archive. */
  at: number;
}

/** What an archive holds, folders and hidden files left out; empty for what is no archive that can be read. */
export function zipMembers(path: string): ZipMember[] {
  const descriptor = openSync(path, "r");
  try {
    const { size } = statSync(path);
    const read = (at: number, length: number) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
      readSync(descriptor, buffer, 0, buffer.length, at);
      return buffer;
    };
    return membersIn(directoryOf(read, size));
  } catch (error) {
    // Numbers that lead out of the file: it is broken, or was made so.
    if (error instanceof RangeError) return [];
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes of a file in an archive. */
export async function* readMember(archive: string, member: ZipMember): AsyncGenerator<Buffer> {
  const { at, packedBytes, bytes, method } = member;
  const refuse = (why: string) => {
    throw new SettingsError(`${basename(archive)} ${why}; unpack it yourself`);
  };
  if (method === ENCRYPTED) refuse("is encrypted");
  if (method !== STORED && method !== DEFLATED) refuse("cannot be unpacked");
  if (isBomb(bytes, packedBytes)) refuse("unpacks to far more than a table would");
  if (packedBytes === 0) return;
  const descriptor = openSync(archive, "r");
  const header = Buffer.alloc(LOCAL);
  readSync(descriptor, header, 0, LOCAL, at);
  closeSync(descriptor);
  const start = at + LOCAL + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = createReadStream(archive, { start, end: start + packedBytes - 1 });
  const unpacked: AsyncIterable<Buffer> =
    method === STORED ? packed : pipeline(packed, createInflateRaw(), () => {});
  let left = bytes;
  for await (const chunk of unpacked) {
    left -= chunk.length;
    if (left < 0)
      throw new SettingsError(
        `${member.path} of ${archive} is longer than it says; unpack it yourself`,
      );
    yield chunk;
  }
}

type Read = (at: number, length: number) => Buffer;

function directoryOf(read: Read, size: number): Buffer {
  const from = Math.max(0, size - LONGEST_END);
  const tail = read(from, LONGEST_END);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) return Buffer.alloc(0);
  const [length, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (at !== 0xffffffff || end < 20 || tail.readUInt32LE(end - 20) !== END_64)
    return read(at, length);
  const large = read(Number(tail.readBigUInt64LE(end - 12)), 56);
  return read(Number(large.readBigUInt64LE(48)), Number(large.readBigUInt64LE(40)));
}

function membersIn(directory: Buffer): ZipMember[] {
  const members: ZipMember[] = [];
  for (
    let at = 0;
    members.length <= MOST_MEMBERS &&
    at + 46 <= directory.length &&
    directory.readUInt32LE(at) === CENTRAL;
  ) {
    const [name, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place));
    const path = directory.subarray(at + 46, at + 46 + (name ?? 0)).toString();
    const fields = directory.subarray(at + 46 + (name ?? 0), at + 46 + (name ?? 0) + (extra ?? 0));
    const [bytes = 0, packedBytes = 0, start = 0] = largeNumbers(
      [24, 20, 42].map((place) => directory.readUInt32LE(at + place)),
      fields,
    );
    const isHidden = path.endsWith("/") || /(?:^|\/)(?:\.|__MACOSX\/)/.test(path);
    // An archive that is encrypted says so in the first bit of its flags.
    const isOpen = (directory.readUInt16LE(at + 8) & 1) === 0;
    const method = isOpen ? directory.readUInt16LE(at + 10) : ENCRYPTED;
    if (!isHidden) members.push({ path, bytes, packedBytes, method, at: start });
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return members;
}

/** Numbers of more than 32 bits stand in a field of their own. */
function largeNumbers(numbers: readonly number[], extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1)
    at += 4 + extra.readUInt16LE(at + 2);
  let next = at + 4;
  return numbers.map((number) => {
    if (number !== 0xffffffff || next + 8 > extra.length) return number;
    next += 8;
    return Number(extra.readBigUInt64LE(next - 8));
  });
}
