import { SettingsError } from "../../src/core/errors.ts";
import { countOf } from "./figures.ts";

/** A cell or a line longer than this is a quote that was never closed. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

/**
 * Cuts a text that comes in pieces and ends with a line break into batches of records of one width:
 * quotes as in RFC 4180, blank lines skipped.
 */
export async function* splitRecords(
  name: string,
  texts: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string[][]> {
  let [line, firstLine, width, rest] = [0, 1, 0, ""];
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
    const records: string[][] = [];
    for (const read of lines) {
      line += 1;
      if (cells.length === 0) {
        if (read === "" || read === "\r") continue;
        firstLine = line;
      }
      const record = recordOf(cells, read, delimiter);
      if (record === null) continue;
      cells = [];
      width ||= record.length;
      if (record.length !== width)
        throw new SettingsError(
          `${name} line ${firstLine} has ${countOf(record.length, "field")} where its first line has ${width}; correct or remove that line`,
        );
      records.push(record);
    }
    if (Math.max(rest.length, cells.at(-1)?.length ?? 0) > MOST_CHARACTERS) throw unclosed();
    if (records.length > 0) yield records;
  }
  if (cells.length > 0) throw unclosed();
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
