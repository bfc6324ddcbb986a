import type { WrittenNumber } from "../task.ts";

const CODES =
  "usd eur gbp chf jpy cny rmb inr cad aud nzd sek nok dkk pln czk huf ron bgn rub uah brl mxn zar krw try sgd hkd thb idr php vnd ils aed sar ngn kes"
    .split(" ")
    .join("|");

/**
 * What a written number is made of, as regular expressions of JavaScript and of Python, for texts that `plainMarks` has passed:
 * currencies, what may stand before the digits, one number with its unit, and hours with minutes.
 */
export const NUMBER_PATTERNS = {
  currency: `(?:us|nz|hk|ca|au|[acsr])?[$]|[€£¥₹₽₩₺₴₪₫฿]|zł|\\b(?:${CODES}|rs|kr|euros?|dollars?)\\b[.]?`,
  before: "[ <>≤≥~≈=+(-]*(?:(?:ca|approx|about)[.]? ?)?",
  piece:
    "([0-9]+(?:[.,][0-9]+|[' ][0-9]{3}(?![0-9]))*[.,]?|[.,][0-9]+)(e[-+]?[0-9]+(?![0-9a-z]))? ?([^0-9]{0,20})",
  clock: "([0-9]{1,3}):([0-9]{2})(?::([0-9]{2}(?:[.][0-9]+)?))?(?: ?([ap])[.]?m[.]?)?",
};

/** Longer cells hold no number. */
const LONGEST_NUMBER = 60;

/** The unit under which hours with minutes stand. */
export const CLOCK = ":";

const CURRENCY = new RegExp(NUMBER_PATTERNS.currency, "g");
const BEFORE = new RegExp(`^${NUMBER_PATTERNS.before}$`);
const PIECE = new RegExp(NUMBER_PATTERNS.piece, "y");
const HOURS = new RegExp(`^${NUMBER_PATTERNS.clock}$`);
const UNIT = /^(?:[\p{L}%‰°µ'"′″][\p{L}%‰°µ'"′″²³/·.^* -]*)?$/u;

/** One number of a cell, as it stands there, and the unit behind it. */
export interface NumberPiece {
  digits: string;
  power: string;
  unit: string;
}

/** Letters small, one kind of space, apostrophe and minus. */
export const plainMarks = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s\u00a0\u2009\u202f]+/g, " ")
    .replaceAll("’", "'")
    .replaceAll("−", "-")
    .trim();

/** The numbers of a cell that holds nothing else, without its currency; null where there is more, or none. */
export function numberPieces(
  cell: string,
): { pieces: NumberPiece[]; negative: boolean; currency: string } | null {
  if (cell.length > LONGEST_NUMBER) return null;
  const plain = plainMarks(cell);
  const currency = [...plain.matchAll(CURRENCY)].map(([found]) => found).join(" ");
  const text = currency === "" ? plain : plainMarks(plain.replace(CURRENCY, " "));
  const start = text.search(/[.,]?[0-9]/);
  const before = text.slice(0, start);
  if (start < 0 || !BEFORE.test(before)) return null;
  const pieces: NumberPiece[] = [];
  PIECE.lastIndex = start;
  while (PIECE.lastIndex < text.length) {
    const [, digits = "", power = "", written = ""] = PIECE.exec(text) ?? [];
    const unit = unitOf(written);
    if (digits === "" || !UNIT.test(unit)) return null;
    pieces.push({ digits, power, unit });
  }
  if (pieces.length > 1 && pieces.some(({ unit }) => unit === "")) return null;
  return { pieces, negative: /[-(]/.test(before), currency };
}

/** A unit without the marks around it; ordinal endings are none. */
const unitOf = (written: string): string =>
  written.replace(/^[ .]+|[ .)]+$/g, "").replace(/^(?:st|nd|rd|th)$/, "");

/** Hours of `14:30`, `2:30 pm` or `1:02:03`; NaN where that is not what the cell says. */
export function hoursIn(cell: string): number {
  if (cell.length > LONGEST_NUMBER) return Number.NaN;
  const found = HOURS.exec(plainMarks(cell));
  if (found === null) return Number.NaN;
  const [, hours = "", minutes = "", seconds = "0", half] = found;
  const noon = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === "p" ? 12 : 0);
  return noon + Number(minutes) / 60 + Number(seconds) / 3600;
}

/** The number that a cell of such a column holds, in the column's unit; NaN where it holds none. */
export function numberWritten(cell: string, { decimal, thousands, units }: WrittenNumber): number {
  if (CLOCK in units) return hoursIn(cell);
  const found = numberPieces(cell);
  if (found === null) return Number.NaN;
  const total = found.pieces.reduce((sum, { digits, power, unit }) => {
    const bare = [...thousands].reduce((text, mark) => text.replaceAll(mark, ""), digits);
    return sum + Number(bare.replace(decimal, ".") + power) * (units[unit] ?? Number.NaN);
  }, 0);
  return found.negative ? -total : total;
}
