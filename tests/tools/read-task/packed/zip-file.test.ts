import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readBytes } from "../../../../tools/read-task/csv-file.ts";
import { readTask } from "../../../../tools/read-task/read-task.ts";
import { makeFolder, rentTask } from "../make-folder.ts";

interface Member {
  name: string;
  text: string;
  flags?: number;
  method?: number;
  /** What it says of its size. */
  says?: number;
}

/** An archive that may lie. */
function zip(members: readonly Member[], directoryAt?: number): Buffer {
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
    fields.writeUInt32LE(says ?? text.length, 18);
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
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(directoryAt ?? at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

const { "train.csv": train, ...rest } = rentTask;
const large = Buffer.concat([Buffer.from("PK\x06\x07\0\0\0\0", "latin1"), Buffer.alloc(12, 255)]);

test.each<{ title: string; archive: Buffer; says: RegExp }>([
  {
    title: "an encrypted one",
    archive: zip([{ name: "train.csv", text: train, flags: 1 }]),
    says: /train\.zip is encrypted; unpack it yourself/,
  },
  {
    title: "one by another method",
    archive: zip([{ name: "train.csv", text: train, method: 99 }]),
    says: /train\.zip cannot be unpacked; unpack it yourself/,
  },
  {
    title: "one that says it fills the disk",
    archive: zip([{ name: "train.csv", text: train, says: 2 ** 31 }]),
    says: /train\.zip unpacks to far more than a table would/,
  },
  {
    title: "one that is longer than it says",
    archive: zip([{ name: "train.csv", text: train, says: 3 }]),
    says: /is longer than it says/,
  },
  {
    title: "an empty member",
    archive: zip([{ name: "train.csv", text: "", method: 0 }]),
    says: /longer than it says|is empty/,
  },
])("archives: $title ends in one sentence", async ({ archive, says }) => {
  const reading = readTask(makeFolder({ ...rest, "train.zip": archive }));
  await expect(reading).rejects.toThrow(says);
  await expect(reading).rejects.not.toThrow(/\n/);
});

test("what a member is called leads nowhere: a table is named after its archive", async () => {
  const archive = zip([{ name: "/etc/hosts.csv", text: train }]);
  const { draft } = await readTask(makeFolder({ ...rest, "train.zip": archive }));
  expect(draft.train?.path).toBe("train.csv");
});

test.each([
  {
    title: "with numbers that lead out of it",
    archive: Buffer.concat([
      large,
      zip([{ name: "a.csv", text: train }], 0xffffffff).subarray(-22),
    ]),
  },
  { title: "that is cut off", archive: zip([{ name: "a.csv", text: train }]).subarray(0, 90) },
  {
    title: "of two tables",
    archive: zip([
      { name: "a.csv", text: train },
      { name: "b.csv", text: train },
    ]),
  },
  { title: "of an archive", archive: zip([{ name: "a.zip", text: train }]) },
  { title: "of a path upwards", archive: zip([{ name: "../../a.csv", text: train }]) },
])("an archive $title is left as it is", async ({ archive }) => {
  const { draft, files } = await readTask(makeFolder({ ...rest, "train.zip": archive }));
  expect(draft.train).toBeNull();
  expect(files).toContain("train.zip");
});

test("what unpacks without end is left before it fills anything", async () => {
  const member = gzipSync("x".repeat(2 ** 23));
  const folder = makeFolder({ "long.csv.gz": Buffer.concat(Array(40).fill(member)) });
  const read = async () => {
    for await (const _ of readBytes(join(folder, "long.csv.gz")));
  };
  await expect(read()).rejects.toThrow(/long\.csv\.gz unpacks to far more than a table would/);
});
