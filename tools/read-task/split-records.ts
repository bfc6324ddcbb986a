import { SettingsError } from "../../src/core/errors.ts";
import { countOf } from "./figures.ts";

/** A cell or a line longer than this is a quote that was never closed. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** What is wanted of records of which not all is. */
export interface Skim {
  /** Cells that are wanted of every record, in ascending order. */
  places: readonly number[];
  /** How many of a batch are wanted whole, its first ones, after so many records before it. */
  whole(before: number): number;
}

/** A batch of records: those that were wanted whole, and some cells of all. */
export interface Skimmed {
  count: number;
  records: string[][];
  cells: string[][];
}

const ALL: Skim = { places: [], whole: () => Infinity };

/**
 * Cuts a text that comes in pieces and ends with a line break into batches of records of one width:
 * quotes as in RFC 4180, blank lines skipped.
 */
export async function* splitRecords(
  name: string,
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string[][]> {
  for await (const { records } of skimRecords(name, texts, delimiter, ALL)) yield records;
}

/** The same for no more than is wanted: a line without a quote is not cut into its cells for nothing. */
export async function* skimRecords(
  name: string,
  texts: AsyncIterable<string>,
  delimiter: string,
  { places, whole }: Skim,
): AsyncGenerator<Skimmed> {
  let [line, firstLine, width, rest, before] = [0, 1, 0, "", 0];
  // Those of a record that goes on in the next line, because a quote is open.
  let cells: string[] = [];
  const unclosed = () =>
    new SettingsError(
      `${name}: the quote opened in the record of line ${firstLine} is never closed; correct the file`,
    );
  for await (const text of texts) {
    const end = text.lastIndexOf("\n");
    const lines = end === -1 ? [] : (rest + text.slice(0, end)).split("\n");
    rest = end === -1 ? rest + text : text.slice(end + 1);
    const batch: Skimmed = { count: 0, records: [], cells: [] };
    const wanted = whole(before);
    for (const read of lines) {
      line += 1;
      if (cells.length === 0) {
        if (read === "" || read === "\r") continue;
        firstLine = line;
      }
      const isWhole = batch.count < wanted;
      let found: number;
      if (!isWhole && cells.length === 0 && !read.includes('"')) {
        const some: string[] = [];
        found = cellsAt(places, read, delimiter, some);
        if (places.length > 0) batch.cells.push(some);
      } else {
        const record = recordOf(cells, read, delimiter);
        if (record === null) continue;
        cells = [];
        found = record.length;
        if (isWhole) batch.records.push(record);
        if (places.length > 0) batch.cells.push(places.map((place) => record[place] ?? ""));
      }
      width ||= found;
      if (found !== width)
        throw new SettingsError(
          `${name} line ${firstLine} has ${countOf(found, "field")} where its first line has ${width}; correct or remove that line`,
        );
      batch.count += 1;
    }
    if (Math.max(rest.length, cells.at(-1)?.length ?? 0) > MOST_CHARACTERS) throw unclosed();
    before += batch.count;
    if (batch.count > 0) yield batch;
  }
  if (cells.length > 0) throw unclosed();
}

/** How many cells a line without quotes has; those at the places are added to `into`. */
function cellsAt(
  places: readonly number[],
  line: string,
  delimiter: string,
  into: string[],
): number {
  const end = line.endsWith("\r") ? line.length - 1 : line.length;
  let [count, from, at] = [0, 0, -1];
  do {
    at = line.indexOf(delimiter, from);
    if (places[into.length] === count) into.push(line.slice(from, at === -1 ? end : at));
    count += 1;
    from = at + 1;
  } while (at !== -1);
  return count;
}

/** The record that a line ends; null when a quote is open behind it: then its cells are added to those before. */
function recordOf(cells: string[], line: string, delimiter: string): string[] | null {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  let quoted = cells.length > 0;
  if (!quoted && !line.includes('"')) return text.split(delimiter);
  let between = "\n";
  for (const piece of line.split(delimiter)) {
    if (quoted) cells.push(`${cells.pop()}${between}${piece}`);
    else cells.push(piece);
    quoted = leavesQuoted(piece, quoted);
    between = delimiter;
  }
  if (quoted) return null;
  const last = cells.pop() ?? "";
  return [...cells, text === line ? last : last.slice(0, -1)].map(unquoted);
}

/** Whether a quote is open behind a piece of a cell; only the first character of a cell can open one. */
function leavesQuoted(piece: string, quoted: boolean): boolean {
  if (!quoted && !piece.startsWith('"')) return false;
  for (let at = quoted ? 0 : 1; ; at += 2) {
    at = piece.indexOf('"', at);
    if (at === -1) return true;
    if (piece[at + 1] !== '"') return false;
  }
}

const unquoted = (cell: string): string =>
  cell.startsWith('"')
    ? cell.slice(1, cell.endsWith('"') ? -1 : undefined).replaceAll('""', '"')
    : cell;

export const placesOf = (columns: readonly string[], names: readonly string[]): number[] =>
  names.map((name) => columns.indexOf(name)).toSorted((a, b) => a - b);

/** Skims rows that are read whole. */
export const skimOf = (columns: readonly string[], batches: () => AsyncGenerator<string[][]>) =>
  async function* (names: readonly string[], whole: Skim["whole"]): AsyncGenerator<Skimmed> {
    const places = placesOf(columns, names);
    let before = 0;
    for await (const rows of batches()) {
      const cells = rows.map((row) => places.map((place) => row[place] ?? ""));
      yield { count: rows.length, records: rows.slice(0, whole(before)), cells };
      before += rows.length;
    }
  };
