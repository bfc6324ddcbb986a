import type { DateParts } from "../../../src/core/words/written-date.ts";

/** What a person says of dates whose order is open. */
export type WantedOrder = "day-first" | "month-first";

export interface DecidedOrder {
  isDayFirst: boolean;
  /** What was decided, and by which values. */
  words: string;
}

/** Decides in which order day and month stand around a mark, by all the dates that have it. */
export function dateOrder(
  mark: string,
  dates: readonly { parts: DateParts; rows: number }[],
  wanted?: WantedOrder,
): DecidedOrder {
  const rows = (of: (parts: DateParts) => boolean) =>
    dates.reduce((sum, { parts, rows }) => sum + (of(parts) ? rows : 0), 0);
  const [all, first, second] = [
    rows(() => true),
    rows(({ month }) => month > 12),
    rows(({ day }) => day > 12),
  ];
  if (wanted !== undefined) return decided(wanted === "day-first", "as you wish");
  if (first > 0 && second > 0) {
    const isDayFirst = first >= second;
    return {
      isDayFirst,
      words: `mixed: ${counted(first)} values can only be day first, ${counted(second)} only month first; ${name(isDayFirst)} where a value can be both`,
    };
  }
  const why = `${counted(first + second)} of ${counted(all)} values have a day above 12`;
  if (first + second > 0) return decided(first > 0, why);
  const [ones, others] = [
    new Set(dates.map(({ parts }) => parts.month)),
    new Set(dates.map(({ parts }) => parts.day)),
  ];
  // A number that never changes beside one that does is the first of every month.
  if (ones.size === 1 && others.size > 3)
    return decided(true, `the first number is always ${[...ones][0]}`);
  if (others.size === 1 && ones.size > 3)
    return decided(false, `the second number is always ${[...others][0]}`);
  const isDayFirst = mark === ".";
  const flag = isDayFirst ? "month-first" : "day-first";
  return {
    isDayFirst,
    words: `day or month first: no value tells; ${name(isDayFirst)} is taken (--dates ${flag} for the other)`,
  };
}

const name = (isDayFirst: boolean): "day first" | "month first" =>
  isDayFirst ? "day first" : "month first";

const decided = (isDayFirst: boolean, why: string): DecidedOrder => ({
  isDayFirst,
  words: `${name(isDayFirst)} (${why})`,
});

const counted = (count: number): string => count.toLocaleString("en-US");

/** The last year that two digits are taken for, where all of them allow it. */
const LAST_YEAR = 2049;

/** The first of the hundred years that two digits mean: those seen stand in its middle, as late as they can be. */
export function firstYearOf(years: ReadonlySet<number>): number {
  const sorted = [...years].toSorted((a, b) => a - b);
  let from = sorted[0] ?? 70;
  let gap = from + 100 - (sorted.at(-1) ?? 69);
  for (const [at, year] of sorted.entries()) {
    const next = sorted[at + 1];
    if (next !== undefined && next - year > gap) [from, gap] = [next, next - year];
  }
  const length = 100 - gap;
  const century = 2000 + from + length <= LAST_YEAR ? 2000 : 1900;
  const last = century + from + length;
  const end = Math.max(last, Math.min(LAST_YEAR, last + Math.floor((99 - length) / 2)));
  return end - 99;
}
