import type { Column, Reading, WrittenNumber } from "../../../src/core/task.ts";
import { numberWritten } from "../../../src/core/words/written-number.ts";
import { numberIn } from "./cell.ts";
import { countedDates } from "./counted-dates.ts";
import { dateForm } from "./date-form.ts";
import type { WantedOrder } from "./date-order.ts";
import { flagForm } from "./flag-form.ts";
import { isGap, isGapAmongWords, missingCodes } from "./missing-words.ts";
import { numberForm, type Told } from "./number-form.ts";

/** All that was read of a column, or of the columns of one name in several tables. */
export interface SeenColumn {
  name: string;
  /** Distinct texts that are not empty, as far as they are known. */
  texts: readonly Told[];
  /** The delimiter of the file: a semicolon goes with commas for decimals. */
  delimiter: string;
  dates?: WantedOrder | undefined;
}

/** What the cells of a column are, and how they are to be read. */
export interface Understood extends Pick<Column, "integer" | "min" | "max"> {
  kind: "number" | "date" | "boolean" | null;
  reading: Reading | null;
}

/** Fewer numbers beside words are names of classes. */
const FEWEST_NUMBERS = 20;
const MOST_WORDS = 50;
const SHARE_OF_WORDS = 0.2;

const UNKNOWN: Understood = {
  ...{ kind: null, reading: null, integer: false, min: null, max: null },
};

/** The same decision, for other rows of the column. */
export const understoodBefore = ({ kind, reading, integer, min, max }: Column): Understood => ({
  ...{ kind: kind === "number" || kind === "date" || kind === "boolean" ? kind : null },
  ...{ reading: reading ?? null, integer, min, max },
});

/** Decides by the whole of a column how its cells are to be read; its kind is null where they stay words. */
export function understandColumn({ name, texts, delimiter, dates }: SeenColumn): Understood {
  const gaps = texts.filter(([text]) => isGap(text));
  const told = gaps.length === 0 ? texts : texts.filter(([text]) => !isGap(text));
  if (told.length === 0) return words(texts);
  if (told.every(([text]) => numberIn(text) !== null)) {
    const counted = countedDates(told, name);
    return counted === null ? numbers(told, PLAIN, gaps, "") : moments(counted, gaps);
  }
  const days = dateForm(told, dates);
  if (days !== null) return moments(days, gaps);
  const flag = flagForm(told);
  if (flag !== null) {
    const reading = {
      written: flag,
      missing: asWritten(gaps),
      words: `yes or no in ${told.length} spellings`,
    };
    return {
      ...UNKNOWN,
      kind: "boolean",
      reading: { ...reading, words: joined(reading.words, gapWords(gaps)) },
    };
  }
  const form = numberForm(told, delimiter);
  if (form === null) return words(texts);
  const count = told.length - form.rest.length;
  const isMixed = form.rest.length > 0;
  const fits =
    count >= 2 &&
    (!isMixed ||
      (count > FEWEST_NUMBERS &&
        form.rest.length <= MOST_WORDS &&
        rowsOf(form.rest) <= SHARE_OF_WORDS * rowsOf(told)));
  if (!fits) return words(texts);
  const written: WrittenNumber =
    isMixed && form.written.keeps === null ? { ...form.written, keeps: "words" } : form.written;
  const beside = isMixed
    ? `${rowsOf(form.rest)} cells are words (${examples(form.rest)}): kept as a category beside the numbers`
    : "";
  return numbers(told, written, gaps, joined(form.words, beside));
}

const PLAIN: WrittenNumber = {
  as: "number",
  decimal: ".",
  thousands: "",
  units: { "": 1 },
  keeps: null,
};

function numbers(
  told: readonly Told[],
  written: WrittenNumber,
  gaps: readonly Told[],
  how: string,
): Understood {
  const isPlain = written === PLAIN;
  const values = new Map<number, number>();
  for (const [text, rows] of told) {
    const value = isPlain ? (numberIn(text) ?? Number.NaN) : numberWritten(text, written);
    if (!Number.isNaN(value)) values.set(value, (values.get(value) ?? 0) + rows);
  }
  const codes = missingCodes(values);
  const finite = [...values.keys()].filter(
    (value) => Number.isFinite(value) && !codes.includes(value),
  );
  const said = joined(
    how,
    gapWords([...gaps, ...codes.map((code): Told => [`${code}`, values.get(code) ?? 0])]),
  );
  const reading: Reading | null =
    said === ""
      ? null
      : {
          written: isPlain && gaps.length === 0 ? null : written,
          missing: [...asWritten(gaps), ...codes.map(String)],
          words: said,
        };
  return {
    kind: "number",
    reading,
    integer:
      finite.every(Number.isInteger) &&
      [...values.keys()].every((value) => !Number.isNaN(value) && Number.isFinite(value)),
    min: finite.length === 0 ? null : finite.reduce((a, b) => Math.min(a, b), Infinity),
    max: finite.length === 0 ? null : finite.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

function moments(
  { written, words, rest }: Exclude<ReturnType<typeof dateForm>, null>,
  gaps: readonly Told[],
): Understood {
  const lost =
    rest.length === 0
      ? ""
      : `${rowsOf(rest)} cells are no dates (${examples(rest)}) and count as missing`;
  return {
    ...UNKNOWN,
    kind: "date",
    reading: { written, missing: asWritten(gaps), words: joined(words, lost, gapWords(gaps)) },
  };
}

/** Words stay words; what stands for a gap among them is named. */
function words(texts: readonly Told[]): Understood {
  const gaps = texts.filter(([text]) => isGapAmongWords(text));
  if (gaps.length === 0 || gaps.length === texts.length) return UNKNOWN;
  return {
    ...UNKNOWN,
    reading: { written: null, missing: asWritten(gaps), words: gapWords(gaps) },
  };
}

const asWritten = (gaps: readonly Told[]): string[] => gaps.map(([text]) => text);
const rowsOf = (some: readonly Told[]): number => some.reduce((sum, [, rows]) => sum + rows, 0);
const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("; ");
const examples = (some: readonly Told[]): string =>
  `${some
    .slice(0, 3)
    .map(([text]) => JSON.stringify(text.slice(0, 30)))
    .join(", ")}${some.length > 3 ? ", ..." : ""}`;

function gapWords(gaps: readonly Told[]): string {
  if (gaps.length === 0) return "";
  const named = gaps
    .slice(0, 4)
    .map(([text, rows]) => `${JSON.stringify(text)} (${rows.toLocaleString("en-US")})`);
  return `${named.join(", ")} ${gaps.length === 1 ? "stands" : "stand"} for missing`;
}
