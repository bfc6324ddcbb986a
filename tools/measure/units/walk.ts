import { ownText } from "../../read-task/csv-file.ts";
import type { Records } from "./records.ts";

/** A row with its number and a way to its cells. */
export interface Row {
  at: number;
  /** As they are written. */
  cells: readonly string[];
  /** What the cell of a column says; the row's number where the file has no such column. */
  cellOf(column: string): string;
}

const ROWS_LOOKED_AT = 200;

/** The first rows of a file, as they are written. */
export async function firstRows(records: Records, most = ROWS_LOOKED_AT): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of records.rows()) {
    rows.push(...batch.slice(0, most - rows.length));
    if (rows.length >= most) break;
  }
  return rows;
}

/** The rows of a file one by one. */
export async function* walk(records: Records): AsyncGenerator<Row> {
  const places = new Map(records.columns.map((column, place) => [column, place]));
  let at = -1;
  for await (const batch of records.rows())
    for (const cells of batch) {
      at += 1;
      const number = String(at);
      yield {
        at,
        cells,
        cellOf(column) {
          const place = places.get(column);
          return place === undefined ? number : records.says(cells[place] ?? "");
        },
      };
    }
}

/** Numbers units by their column: each row by its own number where there is none. */
export class UnitNumbers {
  readonly #column: string | null;
  readonly #known = new Map<string, number>();
  #rows = 0;

  constructor(column: string | null) {
    this.#column = column;
  }

  of(row: Row): { unit: number; isNew: boolean } {
    if (this.#column === null) {
      this.#rows = row.at + 1;
      return { unit: row.at, isNew: true };
    }
    const name = row.cellOf(this.#column);
    const known = this.#known.get(name);
    if (known !== undefined) return { unit: known, isNew: false };
    const unit = this.#known.size;
    this.#known.set(ownText(name), unit);
    return { unit, isNew: true };
  }

  get count(): number {
    return this.#column === null ? this.#rows : this.#known.size;
  }
}
