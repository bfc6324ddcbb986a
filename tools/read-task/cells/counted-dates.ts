import type { WrittenDate } from "../../../src/core/task.ts";
import { momentWritten } from "../../../src/core/words/written-date.ts";
import type { DateForm } from "./date-form.ts";
import { nameWords } from "./name-words.ts";
import type { Told } from "./number-form.ts";

const TIME_WORDS =
  /^(?:date|time|timestamp|datetime|day|days|week|month|quarter|year|hour|minute|second|seconds|period|step|epoch|tick|cycle|round|season|wave|t)$/;
const MOMENT_WORDS =
  /^(?:date|time|timestamp|datetime|epoch|unix|ts|at|created|updated|when|day|dt)$/;

/** Whether a column's name speaks of time. */
export const namesTime = (column: string): boolean =>
  nameWords(column).some((word) => TIME_WORDS.test(word));

const namesMoments = (column: string): boolean =>
  nameWords(column).some((word) => MOMENT_WORDS.test(word));

/** Since 1970, in units of so many seconds. */
const UNITS = [
  ["seconds", 1],
  ["milliseconds", 1e3],
  ["microseconds", 1e6],
  ["nanoseconds", 1e9],
] as const;
/** 1974 to 2099. */
const SECONDS = [1.3e8, 4.1e9] as const;
/** 1954 to 2077 in a spreadsheet. */
const SPREADSHEET_DAYS = [20_000, 65_000] as const;
const DAYS = [16_000_101, 21_991_231] as const;
/** Fewer different numbers may be dates by chance. */
const FEWEST = 5;

/** Numbers that spell dates, or that count as their column's name says; null where they do neither. */
export function countedDates(texts: readonly Told[], column: string): DateForm | null {
  const numbers = texts.map(([text]) => Number(text));
  const example = texts[0]?.[0] ?? "";
  const lie = (from: number, to: number) =>
    numbers.every((number) => number >= from && number <= to);
  const areWhole = numbers.every(Number.isInteger);
  const isNamed = namesMoments(column);
  const form = (counts: WrittenDate["counts"], words: string): DateForm => ({
    written: { as: "date", dayFirst: "", firstYear: 1970, counts },
    words: `${words}, such as ${example}`,
    rest: [],
  });
  const digits = form("digits", "digits of year, month, day");
  const isDigits = areWhole && (lie(...DAYS) || (isNamed && lie(DAYS[0] * 1e6, DAYS[1] * 1e6)));
  if (
    isDigits &&
    texts.length >= FEWEST &&
    texts.every(([text]) => !Number.isNaN(momentWritten(text, digits.written)))
  )
    return digits;
  if (!isNamed || texts.length < 2) return null;
  const unit = UNITS.find(([, size]) => lie(SECONDS[0] * size, SECONDS[1] * size));
  if (unit !== undefined) return form(unit[0], `${unit[0]} since 1970`);
  const isSpreadsheet = nameWords(column).includes("date") && texts.length >= FEWEST;
  return isSpreadsheet && lie(...SPREADSHEET_DAYS)
    ? form("days", "days as spreadsheets count them, since 1899-12-30")
    : null;
}
