import { createHash } from "node:crypto";
import { ownText } from "../../read-task/csv-file.ts";
import { shuffled } from "../split/seeded.ts";

/** Its last digits, with what stands before and after them. */
const NUMBERED = /(?<!\d)(\d+)(\D*)$/;

/** New names in the place of old ones. */
export interface FreshNames {
  /** Takes in a value that is there, those of test before those of train. */
  see(value: string, isTest: boolean): void;
  /** The value in the place of an old one; always the same for the same. */
  for(old: string): string;
  /** What a held-out value was replaced by, and its place in the order of chance; undefined for others. */
  given(old: string): { name: string; rank: number } | undefined;
}

/** Values in the style of test's for units that were taken from train: nothing in them tells of the old ones. */
export class FreshValues implements FreshNames {
  readonly #seed: string;
  readonly #numbers: Uint32Array;
  readonly #given = new Map<string, { name: string; rank: number }>();
  #style: { before: string; width: number; after: string } | null | undefined;
  #pattern = "";
  #largest = -1;

  /** `most` values are asked for at most. */
  constructor(column: string, most: number, seed: number) {
    this.#seed = `${seed} ${column}`;
    this.#numbers = shuffled(most, seed);
  }

  see(value: string, isTest: boolean): void {
    const found = NUMBERED.exec(value);
    const [, digits = "", after = ""] = found ?? [];
    const before = value.slice(0, found?.index ?? 0);
    if (this.#style === undefined) {
      this.#pattern = value;
      const isLong = digits.length > 12 || value.length - digits.length > 60;
      this.#style = digits === "" || isLong ? null : { before, width: digits.length, after };
    }
    if (this.#style === null) return;
    const { before: start, after: end, width } = this.#style;
    if (before === start && after === end) {
      this.#largest = Math.max(this.#largest, Number(digits));
      if (digits.length !== width && digits.startsWith("0") === false) this.#style.width = 0;
    } else if (isTest) this.#style = null;
  }

  for(old: string): string {
    const known = this.#given.get(old);
    if (known !== undefined) return known.name;
    const count = this.#given.size;
    const name = this.#next(count);
    this.#given.set(ownText(old), { name, rank: this.#numbers[count] ?? count });
    return name;
  }

  given(old: string): { name: string; rank: number } | undefined {
    return this.#given.get(old);
  }

  #next(count: number): string {
    if (!this.#style) return this.#random(count);
    const { before, width, after } = this.#style;
    const number = this.#largest + 1 + (this.#numbers[count] ?? count);
    return `${before}${String(number).padStart(width, "0")}${after}`;
  }

  /** Letters for letters and digits for digits. */
  #random(count: number): string {
    const pattern = this.#pattern.length < 8 ? `${this.#pattern}abcdefgh` : this.#pattern;
    const isHex = /^[0-9a-f]+$/.test(pattern);
    const bytes: number[] = [];
    for (let part = 0; bytes.length < pattern.length; part += 1)
      bytes.push(...createHash("sha256").update(`${this.#seed} ${count} ${part}`).digest());
    return [...pattern]
      .map((letter, at) => {
        const byte = bytes[at] ?? 0;
        if (isHex) return "0123456789abcdef"[byte % 16];
        if (/\d/.test(letter)) return String(byte % 10);
        if (/[a-z]/.test(letter)) return String.fromCharCode(97 + (byte % 26));
        return /[A-Z]/.test(letter) ? String.fromCharCode(65 + (byte % 26)) : letter;
      })
      .join("");
  }
}
