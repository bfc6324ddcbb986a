import { plainMarks } from "../../../src/core/words/written-number.ts";

/** What stands where nothing is known, in any column. */
const GAPS = new Set([
  ..."? ?? - -- --- . .. * ** # n.a. n.a n/a na n/d n.d. nd unknown unk missing undefined blank (blank) nodata nil tbd k.a. <na>".split(
    " ",
  ),
  ..."none|null|nan|not available|not applicable|not known|not reported|not specified|no data|no answer|keine angabe|unbekannt|inconnu|desconocido|#value!|#ref!|#div/0!|#name?|#num!|#n/a|0000-00-00|0000-00-00 00:00:00|00/00/0000|9999-12-31|9999-12-31 00:00:00".split(
    "|",
  ),
]);
/** What may well be a value where values are words. */
const WORDS = new Set("none nil na null nan nd - . * ** # blank tbd".split(" "));

/** Whether a text says that nothing is known, where numbers or dates are expected. */
export const isGap = (text: string): boolean => text.length <= 24 && GAPS.has(plainMarks(text));

/** The same where words are expected. */
export const isGapAmongWords = (text: string): boolean =>
  isGap(text) && !WORDS.has(plainMarks(text));

/** Numbers that programs write where they have none. */
const CODES = [-99, -999, -9999, -99_999, -999_999, 999, 9999, 99_999, 999_999, 9_999_999];
/** A value that stands less often may be measured. */
const FEWEST = 3;

/** The numbers that stand for a missing value: they repeat, and lie farther from the others than these from each other, or alone below zero. */
export function missingCodes(numbers: ReadonlyMap<number, number>): number[] {
  const others = [...numbers.keys()].filter(
    (number) => Number.isFinite(number) && !CODES.includes(number),
  );
  if (others.length < 2) return [];
  const least = others.reduce((a, b) => Math.min(a, b), Infinity);
  const most = others.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = most - least;
  return CODES.filter((code) => {
    if ((numbers.get(code) ?? 0) < FEWEST) return false;
    return code < 0 ? least >= 0 || code < least - range : code > most + range;
  });
}
