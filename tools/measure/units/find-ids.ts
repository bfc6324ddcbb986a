import { type Asked, type Piece, type TruthRule, Unmeasurable } from "./asked.ts";
import type { Roles } from "./find-roles.ts";
import { findPieces } from "./id-pieces.ts";
import type { Records } from "./records.ts";
import { firstRows } from "./walk.ts";

interface Ids extends Pick<Asked, "unit" | "per"> {
  /** What the cells of each id column are made of. */
  pieces: Map<string, Piece[]>;
  placeholders: Map<string, string>;
}

/** How the sample's lines name what they ask about. */
export async function findIds(
  { sample, test, train }: Roles,
  truth: ReadonlyMap<string, TruthRule>,
  measures: readonly string[],
  wantedUnit: string | null,
): Promise<Ids> {
  const [lines, rows] = [await firstRows(sample), await firstRows(test)];
  const said = rows.map((row) => row.map(test.says));
  const names = sample.columns.filter((name) => !truth.has(name));
  const direct = names.filter((name) => test.columns.includes(name));
  const [only = "", ...more] = direct;
  const isLone = only !== "" && more.length === 0 && measures.length === 1;
  // Rows that share an id are one unit, and so where only train has such.
  const several =
    isLone && (repeated(said, test, only) || repeated(await firstRows(train, 20_000), train, only));
  const per = several && !repeated(lines, sample, only) ? "unit" : "row";
  const pieces = new Map<string, Piece[]>();
  for (const name of names) {
    const at = sample.columns.indexOf(name);
    const paired = lines.slice(0, said.length * measures.length).map((line, index) => ({
      id: sample.says(line[at] ?? ""),
      row: said[Math.floor(index / measures.length)] ?? [],
      measure: measures[index % measures.length] ?? "",
    }));
    // The column of that name holds in any order; without rows of test there is nothing else.
    const same: Piece[] | null =
      direct.includes(name) || said.length === 0 ? [{ column: name }] : null;
    const found = same ?? findPieces(name, test.columns, paired);
    if (found === null)
      throw new Unmeasurable(
        `The "${name}" of ${sample.path} follows from nothing that ${test.path} says.`,
      );
    pieces.set(name, found);
  }
  const unit = wantedUnit ?? (per === "unit" ? only : restarting([...pieces.values()], said, test));
  if (unit !== null && !train.columns.includes(unit))
    throw new Unmeasurable(`The units' column "${unit}" is no column of ${train.path}.`);
  const placeholders = new Map(
    [...truth.keys()].map((name) => [name, lines[0]?.[sample.columns.indexOf(name)] ?? "0"]),
  );
  return { pieces, placeholders, unit, per };
}

function repeated(
  rows: readonly string[][],
  { columns }: Pick<Records, "columns">,
  name: string,
): boolean {
  if (!columns.includes(name)) return false;

  const cells = rows.map((row) => row[columns.indexOf(name)]);
  return new Set(cells).size < cells.length;
}

/** The first column of an id whose second only counts on within it, as tokens in a sentence. */
function restarting(
  all: readonly Piece[][],
  rows: readonly string[][],
  { columns }: Records,
): string | null {
  for (const pieces of all) {
    const [whole, part, more] = pieces.flatMap((piece) => ("column" in piece ? piece.column : []));
    if (whole === undefined || part === undefined || more !== undefined) continue;
    const [outer, inner] = [columns.indexOf(whole), columns.indexOf(part)];
    const counts = rows.every((row, at) => {
      const before = rows[at - 1];
      const step = Number(row[inner]) - Number(before?.[inner]);
      return before === undefined || before[outer] !== row[outer] || step === 1;
    });
    if (counts && repeated(rows, { columns }, whole)) return whole;
  }
  return null;
}
