import stringWidth from "string-width";

/** Rows of cells as lines whose columns stand below each other; the last column is left as it is. */
export function padded(rows: readonly (readonly string[])[], least = 0): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(least, ...rows.map((row) => stringWidth(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell)))
      .join("  ")
      .trimEnd(),
  );
}
