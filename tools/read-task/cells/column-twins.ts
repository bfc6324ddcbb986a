import { createHash } from "node:crypto";
import { rankCorrelation } from "./rank-correlation.ts";

export interface ColumnNote {
  column: string;
  /** What there is to say of it, to follow its name. */
  note: string;
}

/** A column that is compared, and the number that a cell of it holds; NaN where it holds none. */
export interface Compared {
  name: string;
  numberIn: (cell: string) => number;
}

/** As many rows are compared. */
const MOST_ROWS = 20_000;
/** A value must stand in so many rows on average before it can be said to tell another. */
const ROWS_PER_VALUE = 10;
const MOST_VALUES = 1000;
/** Numbers are held in so many rows, over all columns together. */
const MOST_RANKED = { rows: 2000, cells: 1_000_000 };
const FEWEST_RANKED = 30;
/** Measured columns do not follow a target as closely. */
const GIVEN_AWAY = 0.9995;

/** Finds columns that are another one over again, or that tell a target. */
export class ColumnTwins {
  private rows = 0;
  private readonly columns;
  private readonly pairs;
  private readonly mostRanked;

  constructor(others: readonly Compared[], targets: readonly Compared[]) {
    this.columns = [...targets, ...others].map((one) => ({ ...one, hash: createHash("sha256") }));
    this.pairs = targets.flatMap((target) =>
      others.map((column) => ({
        ...{ column, target, alive: true },
        ...{ there: new Map<string, string>(), back: new Map<string, string>() },
        numbers: [] as (readonly [number, number])[],
      })),
    );
    this.mostRanked = Math.min(MOST_RANKED.rows, MOST_RANKED.cells / (this.pairs.length + 1));
  }

  get wants(): boolean {
    return this.rows < MOST_ROWS;
  }

  add(cellOf: (name: string) => string): void {
    this.rows += 1;
    for (const { name, numberIn, hash } of this.columns)
      hash.update(`${plain(cellOf(name), numberIn)}\u0000`);
    for (const pair of this.pairs) {
      const [one, other] = [cellOf(pair.column.name), cellOf(pair.target.name)];
      if (pair.alive) pair.alive = agrees(pair.there, one, other) && agrees(pair.back, other, one);
      if (this.rows <= this.mostRanked) {
        const numbers = [pair.column.numberIn(one), pair.target.numberIn(other)] as const;
        if (!numbers.some(Number.isNaN)) pair.numbers.push(numbers);
      }
    }
  }

  notes(): ColumnNote[] {
    const notes: ColumnNote[] = [];
    const first = new Map<string, string>();
    for (const { name, hash } of this.columns) {
      const digest = hash.digest("hex");
      const twin = first.get(digest);
      if (twin !== undefined)
        notes.push({ column: name, note: `the same as ${twin} in every row` });
      else first.set(digest, name);
    }
    const named = new Set(notes.map(({ column }) => column));
    for (const { column, target, there, alive, numbers } of this.pairs) {
      if (named.has(column.name)) continue;
      const isTold = alive && there.size > 1 && this.rows >= ROWS_PER_VALUE * there.size;
      const note = isTold ? `tells ${target.name} in every row` : followed(target.name, numbers);
      if (note !== null) notes.push({ column: column.name, note });
    }
    return notes;
  }
}

/** What is to be said of numbers that rise and fall with the target's, whatever their scale. */
function followed(target: string, numbers: readonly (readonly [number, number])[]): string | null {
  if (numbers.length < FEWEST_RANKED || new Set(numbers.map(([, y]) => y)).size < FEWEST_RANKED)
    return null;
  const correlation = rankCorrelation(numbers);
  if (Math.abs(correlation) < GIVEN_AWAY) return null;
  return `gives ${target} away: it ${correlation > 0 ? "rises and falls with it" : "falls where it rises"} (rank correlation ${correlation.toFixed(4)})`;
}

const plain = (cell: string, numberIn: Compared["numberIn"]): string => {
  const number = numberIn(cell);
  return Number.isNaN(number) ? cell : String(number);
};

function agrees(known: Map<string, string>, from: string, to: string): boolean {
  const before = known.get(from);
  if (before !== undefined) return before === to;
  known.set(from, to);
  return known.size <= MOST_VALUES;
}
