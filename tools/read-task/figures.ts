/** `1,234,567` */
export const counted = (count: number): string => Math.round(count).toLocaleString("en-US");

/** `1,297 rows`, `1 row` */
export const countOf = (count: number, noun: string): string =>
  `${counted(count)} ${noun}${count === 1 ? "" : "s"}`;

/** `3.4 MB` */
export function fileSize(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return bytes === 1 ? "1 byte" : `${figure(bytes / 1000 ** power, 3)} ${units[power]}`;
}

/** A number with so many significant digits, without needless zeros. */
export const figure = (value: number, digits = 5): string =>
  Number.isInteger(value) && Math.abs(value) < 1e15
    ? String(value)
    : String(Number(value.toPrecision(digits)));

/** `12.5 %` */
export const share = (part: number, whole: number): string =>
  whole === 0 ? "0 %" : `${figure((100 * part) / whole, 3)} %`;

/** Some names, and how many there are when there are more. */
export const listed = (names: readonly string[]): string =>
  names.length > 12
    ? `${names.slice(0, 12).join(", ")}, ... (${counted(names.length)} in all)`
    : names.join(", ");

/** Lines up to a number of characters; the last one says how many are left out. */
export function capLines(lines: readonly string[], most: number): string {
  let left = most;
  const over = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  if (over === -1) return lines.join("\n");
  const more = `- and ${countOf(lines.length - over, "more line")} like these`;
  return [...lines.slice(0, over), more].join("\n");
}
