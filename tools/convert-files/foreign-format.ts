import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { FolderFile } from "../read-task/list-folder.ts";
import { holdsAnswers } from "../read-task/withheld.ts";

/** A format that the program does not read itself: a converter does, in the sandbox. */
export type ForeignFormat = "excel" | "parquet" | "sqlite" | "packed";

const FORMATS: readonly (readonly [ForeignFormat, RegExp])[] = [
  ["excel", /\.(?:xlsx|xlsm|xlsb|xls|ods)$/i],
  ["parquet", /\.(?:parquet|pq)$/i],
  ["sqlite", /\.(?:sqlite|sqlite3|db|db3)$/i],
  ["packed", /\.(?:csv|tsv|json|jsonl|ndjson)\.(?:zst|bz2|xz)$/i],
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
  return found.filter(
    ({ path, format }) =>
      (alike.get(format)?.length ?? 0) <= MOST_TABLES &&
      (format !== "sqlite" || isSqlite(join(folder, path))),
  );
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
