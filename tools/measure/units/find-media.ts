import { Unmeasurable } from "./asked.ts";
import { FILE_KEYS, type FileKey, keyOf, rekeyed, sideOf } from "./media-files.ts";
import type { Records } from "./records.ts";
import { walk } from "./walk.ts";

const ROWS_LOOKED_AT = 300;
/** So many of the rows must name a file. */
const MOST_OF = 0.95;

/** Which cells name the files of a row, and where those of a held-out row lie in the view. */
export interface Media {
  /** The column whose cells do. */
  column: string;
  /** All of them. */
  files: readonly string[];
  /** Those of a row of train. */
  ofTrain(cellOf: (column: string) => string): readonly string[];
  /** Those that rows of test can name, by what names them. */
  test: ReadonlyMap<string, readonly string[]>;
  /** A file of train's under the name of a unit of test; null where test has none of its kind. */
  moved(path: string, name: string): string | null;
}

/** Finds the column that names files in train and in test alike; null where there are no files. */
export async function findMedia(
  files: readonly string[],
  train: Records,
  test: Records,
  isListed: boolean,
): Promise<Media | null> {
  if (files.length === 0) return null;
  const common = test.columns.filter((column) => train.columns.includes(column));
  const [trainRows, testRows] = [await looked(train, common), await looked(test, common)];
  const [trainFiles, testFiles] = (["test", "train"] as const).map((other) =>
    files.filter((path) => sideOf(path) !== other),
  );
  for (const key of FILE_KEYS) {
    const known = [
      new Set(trainFiles?.map((path) => keyOf(path, key))),
      new Set<string>(),
    ] as const;
    for (const path of testFiles ?? []) known[1].add(keyOf(path, key));
    const column = common.find(
      (_, at) => (isListed || names(trainRows, at, known[0])) && names(testRows, at, known[1]),
    );
    if (column === undefined) continue;
    const tops = new Set(testFiles?.map((path) => topOf(path, key)));
    const own = new Set(trainFiles?.map((path) => topOf(path, key)));
    const ofTrain = byKey(isListed ? [] : (trainFiles ?? []), key);
    return {
      ...{ files, column },
      ofTrain: (cellOf) => (isListed ? [cellOf("path")] : (ofTrain.get(cellOf(column)) ?? [])),
      test: byKey(testFiles ?? [], key),
      moved(path, name) {
        const top = testTopOf(topOf(path, key), own, tops);
        return top === null ? null : rekeyed(path, key, name, top);
      },
    };
  }
  throw new Unmeasurable(
    `No column of ${train.path} and ${test.path} names the files such as ${files[0]}.`,
  );
}

async function looked(records: Records, columns: readonly string[]): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cellOf } of walk(records)) {
    rows.push(columns.map(cellOf));
    if (rows.length === ROWS_LOOKED_AT) break;
  }
  return rows;
}

/** A side without rows names everything. */
const names = (rows: readonly string[][], at: number, known: ReadonlySet<string>): boolean =>
  rows.filter((row) => row[at] !== "" && known.has(row[at] ?? "")).length >= MOST_OF * rows.length;

const topOf = (path: string, { from }: FileKey): string => path.split("/").slice(0, from).join("/");

function testTopOf(
  top: string,
  own: ReadonlySet<string>,
  tops: ReadonlySet<string>,
): string | null {
  const twin = top.replace(/train(?:ing)?/i, (word) => (word.startsWith("T") ? "Test" : "test"));
  for (let folder = twin; folder !== ""; folder = folder.split("/").slice(0, -1).join("/"))
    if (tops.has(folder)) return folder;
  const [only, more] = tops;
  return more === undefined && own.size === 1 ? (only ?? null) : null;
}

const byKey = (files: readonly string[], key: FileKey): Map<string, string[]> =>
  Map.groupBy(files, (path) => keyOf(path, key));
