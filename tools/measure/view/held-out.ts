import { join } from "node:path";
import { PICKS } from "../split/assignment.ts";
import { shuffled } from "../split/seeded.ts";
import { idCells, lineOf, truthCells } from "../units/asked.ts";
import { isHeld } from "../units/plan-units.ts";
import type { Row } from "../units/walk.ts";
import { HeldRows } from "./held-rows.ts";
import type { JoinedCells } from "./joined-cells.ts";
import { renamedCells, type Work } from "./work.ts";

/** A held-out unit's place among those of test: behind so many of them. */
export interface Slot {
  unit: number;
  behind: number;
}

/** Collects what is held out while train is read, for test and sample to take in. */
export class HeldOut {
  readonly #work: Work;
  readonly #joined: JoinedCells;
  readonly #rows: HeldRows;
  readonly #lines: HeldRows;
  readonly slots: readonly Slot[];

  constructor(work: Work, joined: JoinedCells) {
    this.#work = work;
    this.#joined = joined;
    this.#rows = new HeldRows(join(work.scratch, "rows"));
    this.#lines = new HeldRows(join(work.scratch, "lines"));
    this.slots = slotsOf(work);
  }

  add(row: Row, unit: number, hasLines: boolean): void {
    const { asked } = this.#work;
    const { train, test } = asked;
    const cellOf = renamedCells(this.#work, row.cellOf);
    const cells = test.columns.map((column) => {
      const place = train.columns.indexOf(column);
      const written = row.cells[place] ?? "";
      if (!asked.renamed.includes(column))
        return place === -1 ? this.#joined(row, column) : written;
      return test.writes(cellOf(column), written);
    });
    this.#rows.add(unit, cells);
    if (!hasLines) return;
    for (const measure of asked.measures) {
      const ids = idCells(asked, cellOf, measure, 0);
      const truth = truthCells(asked, row.cellOf, measure) ?? [];
      this.#lines.add(unit, lineOf(asked, ids, truth));
    }
  }

  /** Their rows in test's columns, and their lines with the truth. */
  readers() {
    return { rows: this.#rows.reader(), lines: this.#lines.reader() };
  }

  /** 1 for the half that picks, 2 for the one that is reported. */
  halfOf(unit: number): number {
    return this.#work.plan.parts.of(unit) === PICKS ? 1 : 2;
  }
}

/** Held-out units in random order at random places among those of test, whose order stays. */
function slotsOf({ plan, seed }: Work): Slot[] {
  const held: number[] = [];
  for (let unit = 0; unit < plan.parts.count; unit += 1)
    if (isHeld(plan.parts.of(unit))) held.push(unit);
  const places = shuffled(plan.starts.length + held.length, seed)
    .subarray(0, held.length)
    .sort();
  const order = shuffled(held.length, seed + 1);
  return [...places].map((place, at) => ({ unit: held[order[at] ?? 0] ?? 0, behind: place - at }));
}
