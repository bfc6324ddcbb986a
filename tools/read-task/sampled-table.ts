import { statSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import { type CsvFile, isJson, openCsv, openTable, readBytes } from "./csv-file.ts";
import { skimOf } from "./split-records.ts";

/** Parts further on than the beginning, which is as long as all of them together. */
const PARTS = 16;
const NEWLINE = 10;

/** Opens a table; where it is larger than that, only its beginning and parts further on are read, and its rows estimated. */
export async function openSampled(
  folder: string,
  path: string,
  mostBytes: number,
): Promise<CsvFile> {
  const at = join(folder, path);
  const { size } = statSync(at);
  if (isJson(path) || size <= mostBytes) return openTable(folder, path);
  const half = Math.floor(mostBytes / 2);
  const later = Math.floor(half / PARTS);
  const every = (size - half) / PARTS;
  let share = 1;
  async function* partly(): AsyncGenerator<Buffer> {
    let read = 0;
    const wholeLines = async function* (start: number, length: number) {
      for await (const lines of linesOf(readBytes(at, { start, end: start + length }), start > 0)) {
        read += lines.length;
        share = read / size;
        yield lines;
      }
    };
    yield* wholeLines(0, half);
    for (let part = 1; part <= PARTS; part += 1)
      yield* wholeLines(Math.floor(half + part * every - later), later);
  }
  const file = await openCsv(path, partly);
  async function* batches(): AsyncGenerator<string[][]> {
    let rows = 0;
    try {
      for await (const batch of file.batches()) {
        rows += batch.length;
        yield batch;
      }
    } catch (error) {
      // A part may begin or end within a quoted cell; what is wrong with the table is told by whoever reads all of it.
      if (rows === 0 || !(error instanceof SettingsError)) throw error;
    }
  }
  const estimated = (rows: number) => Math.round(rows / share);
  return { ...file, estimated, batches, skim: skimOf(file.columns, batches) };
}

/** The bytes from one line break to another. */
async function* linesOf(chunks: AsyncIterable<Buffer>, isCut: boolean): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let skips = isCut;
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    const from = skips ? bytes.indexOf(NEWLINE) + 1 : 0;
    const to = bytes.lastIndexOf(NEWLINE) + 1;
    if (to > from) yield bytes.subarray(from, to);
    if (to > 0) skips = false;
    rest = bytes.subarray(to);
  }
}
