import type { Reading } from "../../../src/core/task.ts";
import { momentWritten } from "../../../src/core/words/written-date.ts";
import { numberWritten } from "../../../src/core/words/written-number.ts";
import { isMissing, numberIn } from "../../read-task/cells/cell.ts";
import { dateForm } from "../../read-task/cells/date-form.ts";

const READABLE = 0.98;
const YEAR_FIRST =
  /(?<!\d)((?:1[6-9]|20|21)\d\d)(?:[-/._]([01]?\d)(?:[-/._]([0-3]?\d))?|(0[1-9]|1[0-2])([0-2]\d|3[01]))(?!\d)/;
const CLOCK = /[ T_](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*([AaPp][Mm])?/;
const PARTS = ["year", "month", "day", "hour", "minute"];

/** Columns that together are a date: year, month, day ...; at least the first two of them. */
export function dateColumns(columns: readonly string[]): string[] {
  const found = PARTS.map((part) => columns.find((column) => column.toLowerCase() === part));
  const end = found.indexOf(undefined);
  const parts = found.slice(0, end < 0 ? found.length : end).filter((part) => part !== undefined);
  return parts.length > 1 ? parts : [];
}

export interface TimeReader {
  /** A unit's time from its cells: of dates in milliseconds; NaN where there is none. */
  read: (cells: readonly string[]) => number;
  /** Whether the cells are dates, and not numbers. */
  isDate: boolean;
}

/** Reads times out of such cells: dates as the column was understood to write them, dates within ids, or else numbers; null where most are neither. */
export function timeReader(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  reading?: Reading,
): TimeReader | null {
  if (columns.length > 1) return { read: fromParts, isDate: true };
  const values = cells.map(([cell = ""]) => cell).filter((cell) => !isMissing(cell));
  const written = reading?.written ?? dateForm(rowsOf(values))?.written;
  const readers = [
    ...(written?.as === "date"
      ? [{ isDate: true, of: (text: string) => momentWritten(text, written) }]
      : []),
    { isDate: true, of: dateIn },
    {
      isDate: false,
      of: (text: string) =>
        written?.as === "number" ? numberWritten(text, written) : (numberIn(text) ?? NaN),
    },
  ];
  for (const { isDate, of } of readers) {
    const read = values.filter((value) => !Number.isNaN(of(value))).length;
    if (read > 0 && read >= READABLE * values.length)
      return { read: ([cell = ""]) => of(cell), isDate };
  }
  return null;
}

function rowsOf(values: readonly string[]): [string, number][] {
  const rows = new Map<string, number>();
  for (const value of values) rows.set(value, (rows.get(value) ?? 0) + 1);
  return [...rows];
}

/** A cell that is longer holds no date. */
const LONGEST_DATE = 100;

/** The date that stands within an id or a path, year first. */
export function dateIn(text: string): number {
  if (text.length > LONGEST_DATE) return NaN;
  if (numberIn(text) !== null && !/^\d{8}$/.test(text)) return NaN;
  const first = YEAR_FIRST.exec(text);
  if (first === null) return NaN;
  const [, year, month = first[4] ?? "1", day = first[5] ?? "1"] = first;
  return clocked(text, Number(year), Number(month), Number(day));
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
