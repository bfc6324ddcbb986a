import { join } from "node:path";
import { type Asked, idCells, lineOf, truthCells } from "../units/asked.ts";
import { csvForm } from "../units/records.ts";
import type { Row } from "../units/walk.ts";
import { TableFile } from "./text-file.ts";
import type { Work } from "./work.ts";

/** The three files of a view's validation units: folds and sample for scripts, truth for the scorer. */
export class ValidationFiles {
  readonly #asked: Asked;
  readonly #folds: TableFile;
  readonly #sample: TableFile;
  readonly #truth: TableFile;

  readonly #clusterOf: (unit: number) => number;

  constructor({ asked, plan }: Pick<Work, "asked" | "plan">, view: string, truth: string) {
    const names = asked.columns.map(({ name }) => name);
    const csv = csvForm(",");
    this.#asked = asked;
    this.#clusterOf = (unit) => plan.clusters?.[unit] ?? unit;
    const columns = asked.isTrainTable ? ["unit", "row", "fold"] : ["unit", "fold"];
    this.#folds = new TableFile(join(view, "folds.csv"), columns, csv);
    this.#sample = new TableFile(join(view, "validation_sample.csv"), names, asked.sample.form);
    this.#truth = new TableFile(truth, ["__unit", "__cluster", "__fold", ...names], csv);
  }

  /** A row of a validation unit; `at` is where it stands in the view, and `hasLines` is false for further rows of a unit that is asked about as a whole. */
  add(row: Row, unit: number, at: number, fold: number, hasLines: boolean): void {
    const asked = this.#asked;
    const [number, place] = [String(fold), String(at)];
    this.#folds.add(
      asked.isTrainTable ? [String(unit), place, number] : [row.cellOf("path"), number],
    );
    if (!hasLines) return;
    const cellOf = (column: string) =>
      asked.train.columns.includes(column) ? row.cellOf(column) : place;
    for (const measure of asked.measures) {
      const ids = idCells(asked, cellOf, measure, this.#sample.rows);
      this.#sample.add(lineOf(asked, ids));
      const truth = truthCells(asked, cellOf, measure) ?? [];
      const whose = [String(unit), String(this.#clusterOf(unit))];
      this.#truth.add([...whose, number, ...lineOf(asked, ids, truth)]);
    }
  }

  close(): void {
    for (const file of [this.#folds, this.#sample, this.#truth]) file.close();
  }
}
