import { crc32, deflateRawSync } from "node:zlib";

/** A file in an archive, and what the archive says of it. */
interface Member {
  name: string;
  text: string | Buffer;
  flags?: number;
  method?: number;
  /** What it says of its size. */
  says?: number;
}

/** An archive that may lie. */
export function zip(...members: readonly Member[]): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, text, flags = 0, method = 8, says } of members) {
    const packed = deflateRawSync(text);
    const fields = Buffer.alloc(26);
    for (const [place, value] of [
      [0, 20],
      [2, flags],
      [4, method],
    ] as const)
      fields.writeUInt16LE(value, place);
    fields.writeUInt32LE(crc32(text), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(says ?? Buffer.byteLength(text), 18);
    fields.writeUInt16LE(name.length, 22);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    entries.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), fields, rest, Buffer.from(name));
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}
