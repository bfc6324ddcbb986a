import { type Agreement, concordance, kappa } from "../../src/core/agreement.ts";
import { openCsv } from "../read-task/csv-file.ts";
import {
  type CheckedTask,
  type ExpectedColumn,
  expectedSubmission,
} from "./expected-submission.ts";
import { bytesOf, openSubmission } from "./open-submission.ts";

/** How alike the predictions of two attempts' valid submissions are, on average over the columns; null without both. */
export type SubmissionAgreement = (folder: string, other: string) => Promise<number | null>;

/** Compares submissions of one task, whose form is read at the first comparison and kept. */
export function submissionAgreement(reading: {
  folder: string;
  draft: CheckedTask;
}): SubmissionAgreement {
  let kept: ReturnType<typeof expectedSubmission> | null = null;
  return async (folder, other) => {
    kept ??= expectedSubmission(reading.folder, reading.draft);
    const { columns, mostBytes, delimiter } = await kept;
    const opened = await Promise.all(
      [folder, other].map((place) => openSubmission(place, mostBytes)),
    );
    const files = opened.flatMap((one) => (one !== null && "file" in one ? [one.file] : []));
    try {
      const [first, second] = await Promise.all(
        files.map(async (file) => {
          const csv = await openCsv("final/submission.csv", () => bytesOf(file), delimiter);
          return rowsOf(csv.records(), columns.length);
        }),
      );
      if (first === undefined || second === undefined) return null;
      return await agreementOf(first, second, columns);
    } finally {
      await Promise.all(files.map((file) => file.close()));
    }
  };
}

type Rows = AsyncGenerator<string[]>;

async function* rowsOf(
  records: AsyncGenerator<{ count: number; field(record: number, column: number): string }>,
  width: number,
): Rows {
  for await (const { count, field } of records)
    for (let record = 0; record < count; record += 1)
      yield Array.from({ length: width }, (_, column) => field(record, column));
}

async function agreementOf(
  first: Rows,
  second: Rows,
  columns: readonly ExpectedColumn[],
): Promise<number | null> {
  const predicted = columns.flatMap((column, index): { index: number; by: Agreement }[] => {
    if (column.isId) return [];
    return [{ index, by: column.numeric && column.classes === null ? concordance() : kappa() }];
  });
  for (;;) {
    const [one, other] = await Promise.all([first.next(), second.next()]);
    if (one.done === true || other.done === true) break;
    for (const { index, by } of predicted) by.add(one.value[index] ?? "", other.value[index] ?? "");
  }
  const values = predicted.flatMap(({ by }) => by.value() ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
