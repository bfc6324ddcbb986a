import { isMissing, numberIn } from "../../read-task/cell.ts";
import { nameWords } from "../../read-task/name-words.ts";

const READABLE = 0.98;
const YEAR_FIRST =
  /(?<!\d)((?:1[6-9]|20|21)\d\d)(?:[-/._]([01]?\d)(?:[-/._]([0-3]?\d))?|(0[1-9]|1[0-2])([0-2]\d|3[01]))(?!\d)/;
const YEAR_LAST = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/;
const CLOCK = /[ T_](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*([AaPp][Mm])?/;
const MONTH_NAME = /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\b\d{4}\b/i;
const PARTS = ["year", "month", "day", "hour", "minute"];
const TIME_WORDS =
  /^(?:date|time|timestamp|datetime|day|days|week|month|quarter|year|hour|minute|second|seconds|period|step|epoch|tick|cycle|round|season|wave|t)$/;

/** Whether a column's name speaks of time. */
export const namesTime = (column: string): boolean =>
  nameWords(column).some((word) => TIME_WORDS.test(word));

/** Columns that together are a date: year, month, day ...; at least the first two of them. */
export function dateParts(columns: readonly string[]): string[] {
  const found = PARTS.map((part) => columns.find((column) => column.toLowerCase() === part));
  const end = found.indexOf(undefined);
  const parts = found.slice(0, end < 0 ? found.length : end).filter((part) => part !== undefined);
  return parts.length > 1 ? parts : [];
}

/** Reads times out of such cells: dates as milliseconds, or else numbers; null where most are neither. */
export function timeReader(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
): ((cells: readonly string[]) => number) | null {
  if (columns.length > 1) return fromParts;
  const values = cells.map(([cell = ""]) => cell).filter((cell) => !isMissing(cell));
  const dayFirst = values.some((value) => Number(YEAR_LAST.exec(value)?.[1]) > 12);
  const readers = [
    (text: string) => dateIn(text, dayFirst),
    (text: string) => numberIn(text) ?? NaN,
  ];
  for (const reader of readers) {
    const read = values.filter((value) => !Number.isNaN(reader(value))).length;
    if (read > 0 && read >= READABLE * values.length) return ([cell = ""]) => reader(cell);
  }
  return null;
}

/** A cell that is longer holds no date. */
const LONGEST_DATE = 100;

export function dateIn(text: string, dayFirst = false): number {
  if (text.length > LONGEST_DATE) return NaN;
  if (numberIn(text) !== null && !/^\d{8}$/.test(text)) return NaN;
  const first = YEAR_FIRST.exec(text);
  if (first) {
    const [, year, month = first[4] ?? "1", day = first[5] ?? "1"] = first;
    return clocked(text, Number(year), Number(month), Number(day));
  }
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [, one = "", two = "", written = ""] = last;
    const year =
      written.length === 4
        ? Number(written)
        : Number(written) + (Number(written) < 70 ? 2000 : 1900);
    const [day, month] = dayFirst ? [one, two] : [two, one];
    return clocked(text, year, Number(month), Number(day));
  }
  return MONTH_NAME.test(text) ? Date.parse(`${text} UTC`) : NaN;
}

function clocked(text: string, year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  const [, hour = "0", minute = "0", second = "0", half = ""] = CLOCK.exec(text) ?? [];
  const noon = half === "" ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  return Date.UTC(year, month - 1, day, noon, Number(minute)) + Number(second) * 1000;
}

function fromParts(cells: readonly string[]): number {
  const [year = NaN, month = 1, day = 1, hour = 0, minute = 0] = cells.map(
    (cell) => numberIn(cell) ?? NaN,
  );
  return Date.UTC(year, month - 1, day, hour, minute);
}
