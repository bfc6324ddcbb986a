/** A small made task folder, as people have them, and what the program is to say of it. */
export interface Trait {
  /** What is particular about the folder, for a table of all of them. */
  trait: string;
  /** What the program does about it, for the same table. */
  does: string;
  files: Record<string, string | Buffer>;
  /** Lines that `inspect` tells, each matched somewhere; or the sentence that refuses the folder. */
  tells: readonly RegExp[] | { refused: RegExp };
  /** Whether a file is read in the sandbox first, which needs Python. */
  isConverted?: boolean;
}

export type Cells = Readonly<Record<string, (row: number) => string | number>>;

/** Numbers between 0 and 1 that look random and are the same every time. */
export function noise(row: number, salt = 0): number {
  const value = Math.sin(row * 12.9898 + salt * 78.233 + 1) * 43758.5453;
  return value - Math.floor(value);
}

export const ROWS = { train: 160, test: 60 };

/** What explains the target of every made table. */
export const size = (row: number): number => Math.round(1000 * noise(row, 1)) / 10;
export const rent = (row: number): number =>
  Math.round(100 * (300 + 8 * size(row) + 40 * noise(row, 2))) / 100;

/** The same rows as text, the column names first. */
export function table(cells: Cells, from: number, count: number, delimiter = ","): string {
  const quoted = (cell: string | number) => {
    const text = String(cell);
    return text.includes(delimiter) || text.includes('"') || text.includes("\n")
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  };
  const rows = Array.from({ length: count }, (_, at) =>
    Object.values(cells).map((cell) => quoted(cell(from + at))),
  );
  return `${[Object.keys(cells).map(quoted), ...rows].map((row) => row.join(delimiter)).join("\n")}\n`;
}

interface Rents {
  /** Columns of both tables beside `id` and `size`. */
  both?: Cells;
  /** Columns of one of them. */
  train?: Cells;
  test?: Cells;
  target?: Cells;
  delimiter?: string;
  yaml?: string;
}

export const DESCRIPTION = "# Rents\n\nPredict the `rent` of flats.\n\nMetric: RMSE.\n";

/** Train, test and sample submission of rents, with more columns. */
export function rents({
  both = {},
  train = {},
  test = {},
  target = { rent },
  delimiter = ",",
  yaml,
}: Rents) {
  const id = (row: number) => row + 1;
  return {
    "task.md": DESCRIPTION,
    ...(yaml === undefined ? {} : { "task.yaml": yaml }),
    "train.csv": table({ id, size, ...both, ...train, ...target }, 0, ROWS.train, delimiter),
    "test.csv": table({ id, size, ...both, ...test }, ROWS.train, ROWS.test, delimiter),
    "sample_submission.csv": table({ id, rent: () => 0 }, ROWS.train, ROWS.test, delimiter),
  };
}
