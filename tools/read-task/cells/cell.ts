import type { WrittenNumber } from "../../../src/core/task.ts";
import { numberWritten } from "../../../src/core/words/written-number.ts";

/** What pandas reads as missing unless told otherwise. */
const MISSING = new Set(
  "|NA|N/A|n/a|NaN|nan|-nan|-NaN|null|NULL|None|<NA>|#N/A|#N/A N/A|#NA|1.#IND|-1.#IND|1.#QNAN|-1.#QNAN".split(
    "|",
  ),
);
const NUMBER = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/;
const INFINITE = /^\s*[-+]?inf(?:inity)?\s*$/i;

/** Most cells are numbers: their first digit tells, and of a set their text would be looked for. */
export function isMissing(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return text[1] === "." && text[2] === "#" && MISSING.has(text);
  return MISSING.has(text);
}

/** The number a cell holds, infinities included; null when it holds none. */
export function numberIn(text: string): number | null {
  if (NUMBER.test(text)) return Number(text);
  if (!INFINITE.test(text)) return null;
  return text.includes("-") ? -Infinity : Infinity;
}

/** A cell of a column of written numbers as a plain number; as it stands where it holds none. */
export function plainNumber(text: string, how: WrittenNumber): string {
  const number = isMissing(text) ? Number.NaN : numberWritten(text, how);
  return Number.isNaN(number) ? text : String(number);
}

export const isBoolean = (text: string): boolean => /^(?:true|false)$/i.test(text);

/** Whether two cells say the same, written alike or as equal numbers. */
export function sameCell(first: string, second: string): boolean {
  if (first === second) return true;
  const number = numberIn(first);
  return number !== null && number === numberIn(second);
}
