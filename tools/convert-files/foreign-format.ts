import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { FolderFile } from "../read-task/list-folder.ts";
import { holdsAnswers } from "../read-task/withheld.ts";

/** A format that the program does not read itself, `text` for tables not in UTF-8: a converter does, in the sandbox. */
export type ForeignFormat = "excel" | "parquet" | "sqlite" | "packed" | "zip" | "text";

const FORMATS: readonly (readonly [ForeignFormat, RegExp])[] = [
  ["excel", /\.(?:xlsx|xlsm|xlsb|xls|ods)$/i],
  ["parquet", /\.(?:parquet|pq)$/i],
  ["sqlite", /\.(?:sqlite|sqlite3|db|db3)$/i],
  ["packed", /\.(?:csv|tsv|json|jsonl|ndjson)\.(?:gz|zst|bz2|xz)$/i],
  ["zip", /\.zip$/i],
  ["text", /\.(?:csv|tsv)$/i],
];

/** More files of one format than this are data of the units, not tables: scripts read them as they are. */
const MOST_TABLES = 20;

export interface ForeignFile {
  path: string;
  format: ForeignFormat;
}

/** The files of a task folder that hold tables in a foreign format, those that hold answers left out. */
export function foreignFiles(folder: string, files: readonly FolderFile[]): ForeignFile[] {
  const found = files.flatMap(({ path }) => {
    const format = FORMATS.find(([, name]) => name.test(path))?.[0];
    return format === undefined || holdsAnswers(path) ? [] : [{ path, format }];
  });
  const alike = Map.groupBy(found, ({ format }) => format);
  return found.filter(({ path, format }) => {
    if ((alike.get(format)?.length ?? 0) > MOST_TABLES) return false;
    const at = join(folder, path);
    return format === "sqlite" ? isSqlite(at) : format !== "text" || isInOtherEncoding(at);
  });
}

const [LOOK_BYTES, LOOKS] = [2 ** 18, 16];

/** Whether a text is not in UTF-8, by parts from all over it: what one of them cuts through is no fault. Binary data are no text. */
function isInOtherEncoding(path: string): boolean {
  const descriptor = openSync(path, "r");
  try {
    const { size } = fstatSync(descriptor);
    const part = Buffer.alloc(LOOK_BYTES);
    for (let look = 0; look < LOOKS; look += 1) {
      const from = Math.max(look * LOOK_BYTES, Math.floor((look * (size - LOOK_BYTES)) / LOOKS));
      const read = readSync(descriptor, part, 0, LOOK_BYTES, from);
      if (from === 0 && /^(?:fffe|feff|0000feff)/.test(part.subarray(0, 4).toString("hex")))
        return true;
      if (part.subarray(0, read).includes(0)) return false;
      let start = 0;
      while (from > 0 && start < 3 && ((part[start] ?? 0) & 0xc0) === 0x80) start += 1;
      new TextDecoder("utf-8", { fatal: true }).decode(part.subarray(start, read), {
        stream: true,
      });
    }
    return false;
  } catch (error) {
    if (error instanceof TypeError) return true;
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

const MAGIC = Buffer.from("SQLite format 3\0");

/** Files of other programs end in `.db`, too. */
function isSqlite(path: string): boolean {
  const descriptor = openSync(path, "r");
  try {
    const head = Buffer.alloc(MAGIC.length);
    readSync(descriptor, head, 0, MAGIC.length, 0);
    return head.equals(MAGIC);
  } finally {
    closeSync(descriptor);
  }
}
