import { closeSync, openSync, readSync, rmSync } from "node:fs";
import { TextFile } from "./text-file.ts";

/** Rows put aside on disk until it is their turn, by the unit that they belong to. */
export class HeldRows {
  readonly #path: string;
  readonly #file: TextFile;
  readonly #places = new Map<number, { at: number; bytes: number }[]>();
  #at = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = new TextFile(path);
  }

  add(unit: number, cells: readonly string[]): void {
    const text = JSON.stringify(cells);
    const bytes = Buffer.byteLength(text);
    const places = this.#places.get(unit) ?? [];
    places.push({ at: this.#at, bytes });
    this.#places.set(unit, places);
    this.#file.add(text);
    this.#at += bytes;
  }

  /** No more are added; a unit's rows can be read, in the order in which they came. */
  reader(): { rowsOf(unit: number): string[][]; close(): void } {
    this.#file.close();
    const descriptor = openSync(this.#path, "r");
    return {
      rowsOf: (unit) =>
        (this.#places.get(unit) ?? []).map(({ at, bytes }) => {
          const buffer = Buffer.alloc(bytes);
          readSync(descriptor, buffer, 0, bytes, at);
          const cells: string[] = JSON.parse(buffer.toString());
          return cells;
        }),
      close: () => {
        closeSync(descriptor);
        rmSync(this.#path);
      },
    };
  }
}
