import { createHash } from "node:crypto";
import { numberIn } from "../cells/cell.ts";

export interface ColumnNote {
  column: string;
  /** What there is to say of it, to follow its name. */
  note: string;
}

/** As many rows are compared. */
const MOST_ROWS = 20_000;
/** A value must stand in so many rows on average before it can be said to tell another. */
const ROWS_PER_VALUE = 10;
const MOST_VALUES = 1000;

/** Finds columns that are another one over again, or that tell a target. */
export class ColumnTwins {
  private rows = 0;
  private readonly columns;
  private readonly pairs;

  constructor(names: readonly string[], targets: readonly string[]) {
    this.columns = [...targets, ...names].map((name) => ({ name, hash: createHash("sha256") }));
    this.pairs = targets.flatMap((target) =>
      names.map((name) => ({
        name,
        target,
        there: new Map<string, string>(),
        alive: true,
        back: new Map<string, string>(),
      })),
    );
  }

  get wants(): boolean {
    return this.rows < MOST_ROWS;
  }

  add(cellOf: (name: string) => string): void {
    this.rows += 1;
    for (const { name, hash } of this.columns) hash.update(`${plain(cellOf(name))}\u0000`);
    for (const pair of this.pairs) {
      if (!pair.alive) continue;
      const [one, other] = [cellOf(pair.name), cellOf(pair.target)];
      pair.alive = agrees(pair.there, one, other) && agrees(pair.back, other, one);
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
    for (const { name, target, there, alive } of this.pairs)
      if (alive && !named.has(name) && there.size > 1 && this.rows >= ROWS_PER_VALUE * there.size)
        notes.push({ column: name, note: `tells ${target} in every row` });
    return notes;
  }
}

const plain = (cell: string): string => String(numberIn(cell) ?? cell);

function agrees(known: Map<string, string>, from: string, to: string): boolean {
  const before = known.get(from);
  if (before !== undefined) return before === to;
  known.set(from, to);
  return known.size <= MOST_VALUES;
}
