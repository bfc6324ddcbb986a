import type { Column } from "../../../core/task.ts";

/** Whether a script takes a column's cells as text, and reads them itself. */
export const isWritten = ({ reading }: Column): boolean => (reading?.written ?? null) !== null;

/** What a column keeps as a category beside its number; null where it keeps nothing. */
export const keptOf = ({ reading }: Column): "unit" | "words" | null =>
  reading?.written?.as === "number" ? reading.written.keeps : null;

/** The name of that category. */
export const keptName = (column: Column): string => `${column.name} (${keptOf(column)})`;

/** The name under which an id that also explains something is read; the id itself stays as it stands. */
export const readName = (id: string): string => `${id} (read)`;

/** What explains the target of a column: its cells as they are read, and the category that is kept beside them. */
export function explaining(column: Column, ids: readonly string[]): Column[] {
  const isRead = column.reading !== undefined && ids.includes(column.name);
  const named = isRead ? { ...column, name: readName(column.name) } : column;
  if (keptOf(named) === null) return [named];
  const { reading: _, ...plain } = named;
  const words = { kind: "category", integer: false, min: null, max: null, distinct: 2 } as const;
  return [named, { ...plain, ...words, name: keptName(named) }];
}
