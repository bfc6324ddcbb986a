import { concordance, kappa } from "../../src/core/agreement.ts";
import type { CsvFile } from "../read-task/csv-file.ts";
import type { ExpectedColumn } from "./expected-submission.ts";

/** How alike the predictions of two submissions are, on average over the columns; null when none can be compared. */
export async function agreementOf(
  first: CsvFile,
  second: CsvFile,
  columns: readonly ExpectedColumn[],
): Promise<number | null> {
  const predicted = columns.flatMap((column, index) => {
    const by = column.numeric && column.classes === null ? concordance() : kappa();
    return column.isId ? [] : [{ index, by }];
  });
  const others = rowsOf(second);
  for await (const row of rowsOf(first)) {
    const { value: other, done } = await others.next();
    if (done) break;
    for (const { index, by } of predicted) by.add(row[index] ?? "", other[index] ?? "");
  }
  const values = predicted.flatMap(({ by }) => by.value() ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function* rowsOf(file: CsvFile): AsyncGenerator<string[], undefined> {
  for await (const rows of file.batches()) yield* rows;
}
