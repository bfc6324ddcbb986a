import type { Column, WrittenNumber } from "../../src/core/task.ts";
import { isBoolean, isMissing, numberIn, plainNumber } from "./cells/cell.ts";
import type { Told } from "./cells/number-form.ts";
import type { Understood } from "./cells/understand-column.ts";
import { ownText } from "./csv-file.ts";

const EXAMPLES = 3;
const EXAMPLE_CHARACTERS = 60;
/** Of the distinct texts beyond the cap, so many are kept, from all over. */
const LATER = 4000;
/** Texts are longer than names and codes, and consist of several words. */
const TEXT = { characters: 20, words: 3 };

/** Collects what is known of one column, cell by cell. */
export class ColumnProfile {
  readonly name: string;
  /** How often each text stands there, of the first distinct ones up to a cap. */
  readonly counts = new Map<string, number>();
  missing = 0;
  filled = 0;
  private readonly distinctCap: number;
  private repeats = 0;
  private characters = 0;
  private words = 0;
  private min = Infinity;
  private max = -Infinity;
  /** What every value so far could be. */
  private readonly all = { number: true, integer: true, boolean: true };
  private later: string[] = [];
  private everyLater = 1;
  private skipped = 0;
  private isOverfull = false;

  constructor(name: string, distinctCap: number) {
    this.name = name;
    this.distinctCap = distinctCap;
  }

  add(text: string): void {
    if (isMissing(text)) {
      this.missing += 1;
      return;
    }
    this.filled += 1;
    this.characters += text.length;
    // Of more measurements than are counted none is looked for: that would take longer than all else.
    const isCounted = !this.isOverfull || !this.all.number || this.all.integer;
    const count = isCounted ? this.counts.get(text) : undefined;
    if (count !== undefined) {
      this.repeats += 1;
      this.counts.set(text, count + 1);
      return;
    }
    if (this.counts.size < this.distinctCap) this.counts.set(ownText(text), 1);
    else {
      this.isOverfull = true;
      this.addLater(text);
    }
    this.addNew(text);
  }

  get isNumber(): boolean {
    return this.filled > 0 && this.all.number;
  }

  get isInteger(): boolean {
    return this.isNumber && this.all.integer;
  }

  /** Whether there are more distinct values than `counts` holds. */
  get overflows(): boolean {
    return this.repeats + this.counts.size < this.filled;
  }

  /** Distinct texts, of many a part from all over, with the rows that are known to hold them. */
  get texts(): Told[] {
    return [...this.counts, ...this.later.map((text): Told => [text, 1])];
  }

  /** The same values as plain numbers, however they are written. */
  inPlainNumbers(how: WrittenNumber): ColumnProfile {
    const plain = new ColumnProfile(this.name, this.distinctCap);
    for (const [text, rows] of this.texts)
      for (let row = 0; row < rows; row += 1) plain.add(plainNumber(text, how));
    plain.missing = this.missing;
    return plain;
  }

  /** `rows` are those of the whole table: a column that never repeated a value is taken to be distinct throughout. */
  column(rows: number, understood: Understood): Column {
    const { filled, counts, missing } = this;
    const unique = this.repeats === 0 && filled > 1;
    const bound = (value: number) => (this.isNumber && Number.isFinite(value) ? value : null);
    const { kind, reading } = understood;
    // Plain numbers were all read, others as far as their texts are kept.
    const own = { integer: this.isInteger, min: bound(this.min), max: bound(this.max) };
    const { integer, min, max } = this.isNumber && reading === null ? own : understood;
    const gaps = (reading?.missing ?? []).flatMap((text) => counts.get(text) ?? []);
    return {
      name: this.name,
      kind: filled === 0 ? "empty" : this.all.boolean ? "boolean" : (kind ?? this.kindOfWords()),
      integer,
      missing: gaps.reduce((sum, count) => sum + count, missing),
      distinct: (unique ? Math.max(counts.size, rows - missing) : counts.size) - gaps.length,
      examples: [...counts.keys()].slice(0, EXAMPLES).map(shortened),
      min,
      max,
      meanLength: filled === 0 ? 0 : Math.round((this.characters / filled) * 10) / 10,
      ...(reading && { reading }),
    };
  }

  private addNew(text: string): void {
    const { all } = this;
    if (all.number) {
      const number = numberIn(text);
      if (number === null) all.number = false;
      else if (!Number.isInteger(number)) all.integer = false;
      if (number !== null && Number.isFinite(number)) {
        this.min = Math.min(this.min, number);
        this.max = Math.max(this.max, number);
      }
    }
    if (all.boolean && !isBoolean(text)) all.boolean = false;
    if (!all.number) this.words += text.trim().split(/\s+/).length;
  }

  private addLater(text: string): void {
    this.skipped += 1;
    if (this.skipped % this.everyLater !== 0) return;
    this.later.push(ownText(text));
    if (this.later.length < LATER) return;
    this.later = this.later.filter((_, at) => at % 2 === 0);
    this.everyLater *= 2;
  }

  private kindOfWords(): Column["kind"] {
    const { filled, counts } = this;
    const isLong = this.characters / filled >= TEXT.characters;
    const isWordy = this.words / (filled - this.repeats) >= TEXT.words;
    return isLong && isWordy && counts.size > filled / 5 ? "text" : "category";
  }
}

const shortened = (text: string): string =>
  text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS)}...` : text;
