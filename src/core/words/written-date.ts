import type { WrittenDate } from "../task.ts";
import { plainMarks } from "./written-number.ts";

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const MONTH = `(${MONTHS.join("|")})[a-z]*[.]?`;
const WEEKDAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]* )?";

/** Hours by which clocks of named zones are ahead of Greenwich. */
export const ZONES: Readonly<Record<string, number>> = {
  ...{ z: 0, utc: 0, gmt: 0, wet: 0, west: 1, bst: 1, cet: 1, cest: 2, eet: 2, eest: 3, msk: 3 },
  ...{ ist: 5.5, jst: 9, kst: 9, aest: 10, aedt: 11 },
  ...{ est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 },
};

/**
 * The forms of a day, as regular expressions of JavaScript and of Python, for texts that `plainMarks` has passed. What each
 * group holds stands beside it: year, month by number or name, day, quarter, the mark between numbers whose order is open.
 */
export const DATE_FORMS: readonly (readonly [pattern: string, groups: string])[] = [
  ["([0-9]{4})([-/._ ])([0-9]{1,2})\\2([0-9]{1,2})", "y_md"],
  ["([0-9]{1,2})([-/._ ])([0-9]{1,2})\\2([0-9]{4}|[0-9]{2})", "1|2y"],
  ["((?:1[6-9]|20|21)[0-9]{2})([01][0-9])([0-3][0-9])", "ymd"],
  [
    `${WEEKDAY}([0-9]{1,2})(?:st|nd|rd|th|[.])?[-/ ]*(?:of )?${MONTH}[-/, ]*([0-9]{4}|[0-9]{2})`,
    "dny",
  ],
  [`${WEEKDAY}${MONTH}[- ]?([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})`, "ndy"],
  [`([0-9]{4})[-/. ]?${MONTH}[-/. ]?([0-9]{1,2})`, "ynd"],
  [`${MONTH}[-/, ]*([0-9]{4})`, "ny"],
  ["([0-9]{4})[-/]([0-9]{1,2})", "ym"],
  ["([0-9]{1,2})[-/.]([0-9]{4})", "my"],
  ["([0-9]{4})[- ]?q([1-4])", "yq"],
  ["q([1-4])[-/ ]?([0-9]{4})", "qy"],
];

/** The clock and zone that may follow the day. */
export const CLOCK_FORM =
  "(?:[t, _]+(?:at )?([0-9]{1,2})(?::?([0-9]{2}))?(?::?([0-9]{2}(?:[.,][0-9]+)?))?(?: ?([ap])[.]?m[.]?)?(?: ?(?:(z|utc|gmt|[a-z]{3,4})|(?:utc|gmt)?([-+][0-9]{2}):?([0-9]{2})?))?(?: ?[(][a-z ]{2,40}[)])?)?";

/** Digits of a day with those of a clock, which belong apart. */
export const DAY_WITH_CLOCK = "^([0-9]{8})([0-9]{4,6})$";
const DIGITS = new RegExp(DAY_WITH_CLOCK);

/** Longer cells hold no date. */
const LONGEST_DATE = 60;

const FORMS = DATE_FORMS.map(([pattern, groups]) => ({
  pattern: new RegExp(`^${pattern}${CLOCK_FORM}$`),
  groups,
}));

/** What a date says before it is decided which of its numbers is which. */
export interface DateParts {
  year: string;
  /** Numbers; where they are open, in the order in which they stand. */
  month: number;
  day: number;
  /** The mark between a day and a month whose order is open; empty where it is not. */
  open: string;
  form: string;
  /** Seconds since midnight, as written. */
  clock: number;
  /** Hours ahead of Greenwich; null where the text tells of no zone, NaN where it names one that is not known. */
  zone: number | null;
}

/** The parts of a cell that is a date in one of the forms, and nothing else; null where it is none. */
export function dateParts(cell: string): DateParts | null {
  if (cell.length > LONGEST_DATE) return null;
  const text = plainMarks(cell).replace(DIGITS, "$1 $2");
  for (const { pattern, groups } of FORMS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const part = (name: string) => found[groups.indexOf(name) + 1] ?? "";
    const has = (name: string) => groups.includes(name);
    const named = MONTHS.indexOf(part("n")) + 1;
    const quarter = has("q") ? 3 * Number(part("q")) - 2 : 1;
    return {
      year: part("y"),
      month: has("1")
        ? Number(part("1"))
        : has("m")
          ? Number(part("m"))
          : has("n")
            ? named
            : quarter,
      day: has("2") ? Number(part("2")) : has("d") ? Number(part("d")) : 1,
      open: has("|") ? part("|") : "",
      form: groups,
      ...clockOf(found.slice(groups.length + 1)),
    };
  }
  return null;
}

function clockOf([hour, minute, second, half, name, ahead, minutesAhead]: (string | undefined)[]) {
  const hours = Number(hour ?? 0);
  const noon = half === undefined ? hours : (hours % 12) + (half === "p" ? 12 : 0);
  const clock = noon * 3600 + Number(minute ?? 0) * 60 + Number((second ?? "0").replace(",", "."));
  if (name !== undefined) return { clock, zone: ZONES[name] ?? Number.NaN };
  if (ahead === undefined) return { clock, zone: null };
  const hoursAhead = Number(ahead);
  const part = (ahead.startsWith("-") ? -1 : 1) * (Number(minutesAhead ?? 0) / 60);
  return { clock, zone: hoursAhead + part };
}

const MILLISECONDS = { seconds: 1000, milliseconds: 1, microseconds: 1e-3, nanoseconds: 1e-6 };
const DAY = 86_400_000;
/** Day 0 of spreadsheets. */
const SPREADSHEET = Date.UTC(1899, 11, 30);

/** The moment that a cell of such a column holds, in milliseconds of Greenwich; NaN where it holds none. */
export function momentWritten(cell: string, how: WrittenDate): number {
  const { counts } = how;
  if (counts !== null && counts !== "digits") {
    const number = cell.trim() === "" ? Number.NaN : Number(cell);
    return counts === "days" ? SPREADSHEET + number * DAY : number * MILLISECONDS[counts];
  }
  const parts = dateParts(counts === "digits" ? cell.replace(/[.]0*$/, "") : cell);
  if (parts === null) return Number.NaN;
  const { year, open, clock, zone } = parts;
  const [first, second] = [parts.month, parts.day];
  const isDayFirst = open !== "" && second <= 12 && (first > 12 || how.dayFirst.includes(open));
  const [month, day] = isDayFirst ? [second, first] : [first, second];
  const whole =
    year.length > 2
      ? Number(year)
      : how.firstYear + ((((Number(year) - how.firstYear) % 100) + 100) % 100);
  const midnight = new Date(0).setUTCFullYear(whole, month - 1, day);
  const exists = month >= 1 && month <= 12 && new Date(midnight).getUTCDate() === day;
  return exists && clock < 90_000 ? midnight + clock * 1000 - (zone ?? 0) * 3_600_000 : Number.NaN;
}
