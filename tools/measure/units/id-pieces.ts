import { composed, type Piece } from "./asked.ts";

/** A line of the sample beside the row of test that it is of. */
export interface PairedLine {
  id: string;
  row: readonly string[];
  measure: string;
}

const MOST_PIECES = 5;
const MOST_COLUMNS = 8;
const BETWEEN = /^[^A-Za-z0-9]{1,3}/;

/** Of what the ids in a column of the sample are made, by its first lines; null when of nothing that test tells. */
export function findPieces(
  name: string,
  columns: readonly string[],
  lines: readonly PairedLine[],
): Piece[] | null {
  const [first] = lines;
  if (first === undefined) return null;
  const holds = (pieces: readonly Piece[]) =>
    lines.every(
      ({ id, row, measure }, line) =>
        composed(pieces, (column) => row[columns.indexOf(column)] ?? "", measure, line) === id,
    );
  // The column of the same name comes first, then fewer pieces before more; others could not be in every id.
  const ordered = columns
    .filter((_, at) => lines.every(({ id, row }) => row[at] !== "" && id.includes(row[at] ?? "")))
    .toSorted((a, b) => Number(b === name) - Number(a === name))
    .slice(0, MOST_COLUMNS);
  const found = ways(first, columns, ordered, MOST_PIECES).toSorted((a, b) => a.length - b.length);
  const counted: Piece[] = [{ first: Number(first.id) }];
  return found.find(holds) ?? (/^[01]$/.test(first.id) && holds(counted) ? counted : null);
}

/** Every way to read a text as cells of the row, the measure and what stands between. */
function ways(
  { id, row, measure }: PairedLine,
  columns: readonly string[],
  ordered: readonly string[],
  left: number,
): Piece[][] {
  if (id === "") return [[]];
  if (left === 0) return [];
  const next = (piece: Piece, text: string, unused: readonly string[]): Piece[][] =>
    text !== "" && id.startsWith(text)
      ? ways({ id: id.slice(text.length), row, measure }, columns, unused, left - 1).map((rest) => [
          piece,
          ...rest,
        ])
      : [];
  const [between = ""] = BETWEEN.exec(id) ?? [];
  return [
    ...ordered.flatMap((column) =>
      next(
        { column },
        row[columns.indexOf(column)] ?? "",
        ordered.filter((other) => other !== column),
      ),
    ),
    ...(measure === "" ? [] : next({ measure: true }, measure, ordered)),
    ...next({ text: between }, between, ordered),
  ];
}
