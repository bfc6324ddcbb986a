/**
 * The columns that a sample of several lines per row asks for, each by its name at the end of a cell, in their order; null where not
 * every line names one.
 */
export function namedOnLines(
  lines: readonly (readonly string[])[],
  columns: readonly string[],
): string[] | null {
  const named = lines.map((cells) =>
    columns.find((column) => cells.some((cell) => endsIn(cell, column))),
  );
  const found = [...new Set(named)].filter((column) => column !== undefined);
  return found.length > 1 && named.every((column) => column !== undefined) ? found : null;
}

const endsIn = (cell: string, name: string): boolean =>
  cell === name || (cell.endsWith(name) && /[^A-Za-z0-9]/.test(cell.at(-name.length - 1) ?? ""));
