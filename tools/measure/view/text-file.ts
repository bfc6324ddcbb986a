import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { RecordForm } from "../units/records.ts";

const BUFFERED_CHARACTERS = 1 << 20;

/** A text written from its start to its end, in large pieces. */
export class TextFile {
  readonly #descriptor: number;
  #pieces: string[] = [];
  #characters = 0;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#descriptor = openSync(path, "w");
  }

  add(text: string): void {
    this.#pieces.push(text);
    this.#characters += text.length;
    if (this.#characters > BUFFERED_CHARACTERS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    let bytes = Buffer.from(this.#pieces.join(""));
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(this.#descriptor, bytes));
    [this.#pieces, this.#characters] = [[], 0];
  }
}

/** A table written row by row in the form of another. */
export class TableFile {
  readonly #file: TextFile;
  readonly #columns: readonly string[];
  readonly #form: RecordForm;
  rows = 0;

  constructor(path: string, columns: readonly string[], form: RecordForm) {
    this.#file = new TextFile(path);
    this.#columns = columns;
    this.#form = form;
    this.#file.add(form.head(columns));
  }

  add(cells: readonly string[]): void {
    if (this.rows > 0) this.#file.add(this.#form.between);
    this.#file.add(this.#form.row(this.#columns, cells));
    this.rows += 1;
  }

  close(): void {
    this.#file.add(this.#form.tail);
    this.#file.close();
  }
}
