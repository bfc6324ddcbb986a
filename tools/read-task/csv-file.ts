import { createReadStream } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import { openJson } from "./json-file.ts";
import { placesOf, type Skim, type Skimmed, skimRecords, splitRecords } from "./split-records.ts";

const CHUNK_BYTES = 256 * 1024;
const DELIMITERS = [",", "\t", ";", "|"];

/** A table on disk, its first line read. */
export interface CsvFile {
  /** What messages call it. */
  name: string;
  delimiter: string;
  columns: string[];
  /** The rows below the header in batches, each time from the start. */
  batches(): AsyncGenerator<string[][]>;
  /** The same for no more than is wanted: so many of each batch whole, and of all rows these columns, in their order in the table. */
  skim(columns: readonly string[], whole: Skim["whole"]): AsyncGenerator<Skimmed>;
  /** For a table of which only parts are read: how many rows it has by the rows of these. */
  estimated?: (rows: number) => number;
  /** Of JSON records: their values as they are written, and whether they stand in one array. */
  json?: { isList: boolean; written: () => AsyncGenerator<string[][]> };
  /** Columns it has and is read without. */
  dropped?: readonly string[];
}

/** Opens a table of the task folder, or its records in JSON. */
export function openTable(folder: string, path: string): Promise<CsvFile> {
  const bytes = () => readBytes(join(folder, path));
  return isJson(path) ? openJson(path, () => textOf(path, bytes())) : openCsv(path, bytes);
}

export const isJson = (path: string): boolean => /\.(?:json|jsonl|ndjson)$/i.test(path);

/** The table as if it did not have these columns. */
export function withoutColumns(file: CsvFile, dropped: readonly string[]): CsvFile {
  const columns = file.columns.filter((name) => !dropped.includes(name));
  if (columns.length === file.columns.length) return file;
  const places = columns.map((name) => file.columns.indexOf(name));
  return {
    ...file,
    columns,
    dropped: file.columns.filter((name) => dropped.includes(name)),
    ...(file.json && { json: { ...file.json, written: () => kept(file.json?.written()) } }),
    batches: () => kept(file.batches()),
    async *skim(names, whole) {
      for await (const batch of file.skim(names, whole))
        yield { ...batch, records: batch.records.map(keep) };
    },
  };
  function keep(row: string[]) {
    return places.map((place) => row[place] ?? "");
  }
  async function* kept(batches: AsyncGenerator<string[][]> | undefined) {
    for await (const rows of batches ?? []) yield rows.map(keep);
  }
}

/** Reads delimiter and column names; one sentence says why when it is no table. */
export async function openCsv(
  name: string,
  open: () => AsyncIterable<Buffer>,
  knownDelimiter?: string,
): Promise<CsvFile> {
  const text = () => textOf(name, open());
  const delimiter = knownDelimiter ?? detectDelimiter((await firstOf(text())) ?? "");
  const records = () => splitRecords(name, text(), delimiter);
  const [header] = (await firstOf(records())) ?? [];
  if (header === undefined)
    throw new SettingsError(`${name} is empty; it needs a line of column names and rows`);
  // As pandas names them, so that scripts and profile speak of the same column.
  const columns = header.map((column, index) => (column === "" ? `Unnamed: ${index}` : column));
  const seen = new Set<string>();
  const repeated = columns.find((column) => seen.size === seen.add(column).size);
  if (repeated !== undefined)
    throw new SettingsError(`${name} has the column "${repeated}" twice; rename or remove one`);
  return {
    name,
    delimiter,
    columns,
    async *batches() {
      let headers = 1;
      for await (const rows of records()) {
        yield rows.slice(headers);
        headers = 0;
      }
    },
    async *skim(names, whole) {
      // The line of names is the first of all.
      let headers = 1;
      const wanted = (before: number) => whole(Math.max(0, before - 1)) + (before === 0 ? 1 : 0);
      const places = placesOf(columns, names);
      for await (const batch of skimRecords(name, text(), delimiter, { places, whole: wanted })) {
        const { records, cells, count } = batch;
        const body = { records: records.slice(headers), cells: cells.slice(headers) };
        yield { ...body, count: count - headers };
        headers = 0;
      }
    },
  };
}

/** Per row the cells of some columns, in the order of their names. */
export async function readCells(file: CsvFile, names: readonly string[]): Promise<string[][]> {
  const places = names.map((name) => file.columns.indexOf(name));
  const cells: string[][] = [];
  for await (const rows of file.batches())
    for (const row of rows) cells.push(places.map((place) => ownText(row[place] ?? "")));
  return cells;
}

/** A copy of a cell that may be kept: the cell itself keeps the whole chunk in memory that it was cut from. */
export const ownText = (cell: string): string => Buffer.from(cell).toString();

/** The bytes of a file or of a part of it. */
export const readBytes = (
  path: string,
  part: { start?: number; end?: number } = {},
): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: CHUNK_BYTES, ...part });

/** The text without a byte order mark and with a last line break; what is no UTF-8 text is refused. */
async function* textOf(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true });
      if (text.includes("\0"))
        throw new SettingsError(`${name} is no text table but binary data; save it as UTF-8 CSV`);
      yield text;
    }
    yield `${decoder.decode()}\n`;
  } catch (error) {
    if (error instanceof SettingsError || !(error instanceof Error)) throw error;
    throw new SettingsError(
      error instanceof TypeError
        ? `${name} is not UTF-8 text; save it again as UTF-8 with comma-separated values`
        : `${name} cannot be read (${error.message}); check the file`,
      { cause: error },
    );
  }
}

/** The first value; the source is closed. */
async function firstOf<Value>(values: AsyncIterable<Value>): Promise<Value | undefined> {
  for await (const value of values) return value;
  return undefined;
}

/** The delimiter that all of the first lines have, the one they have most of; a comma when none. */
export function detectDelimiter(text: string): string {
  const head = text.slice(0, 64 * 1024);
  const lines = head
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r?\n/)
    .slice(0, 20);
  if (head.length < text.length) lines.pop();
  const filled = lines.filter((line) => line !== "");
  const least = (delimiter: string) =>
    Math.min(...filled.map((line) => line.split(delimiter).length - 1));
  const most = DELIMITERS.reduce((one, other) => (least(other) > least(one) ? other : one));
  return filled.length === 0 || least(most) === 0 ? "," : most;
}
