import type { Ground } from "../../../src/core/ground.ts";
import type { WrittenNumber } from "../../../src/core/task.ts";
import { isMissing, numberIn, plainNumber } from "../../read-task/cells/cell.ts";
import type { Media } from "./find-media.ts";
import type { Records } from "./records.ts";

/** A part of an id: a fixed text, a cell of the unit's row, the name of what is measured, or the line's number. */
export type Piece = { text: string } | { column: string } | { measure: true } | { first: number };

/** What a prediction column states of a row: the cell of a column (null: of the measure's), or 1 where that is one class. */
export interface TruthRule {
  from: string | null;
  is: string | null;
  /** Whether classes are numbers, and so equal however they are written. */
  isNumber: boolean;
  /** How amounts are written that are no plain numbers. */
  written?: WrittenNumber | undefined;
}

export type SampleColumn =
  | { name: string; id: readonly Piece[] }
  | { name: string; truth: TruthRule; placeholder: string };

/** What is asked: where units stand, which lines they have, and what a perfect answer states on each. */
export interface Asked extends Pick<Ground, "noun" | "predicts" | "classes" | "positive"> {
  train: Records;
  test: Records;
  sample: Records;
  /** Train and test, of large files parts only. */
  glance: { train: Records; test: Records };
  /** Which of the three are files of the view; others are made from what there is. */
  isTrainTable: boolean;
  isTestTable: boolean;
  /** The column whose equal values are one unit; null where each row is one. */
  unit: string | null;
  /** Whether each row has its lines, or each unit. */
  per: "row" | "unit";
  /** What a row is asked for, a line each; a single empty text where it has one line. */
  measures: readonly string[];
  columns: readonly SampleColumn[];
  /** Columns that only tell rows apart: held-out rows get fresh values there. */
  renamed: readonly string[];
  /** How many rows train and test have, or, of large files that are read in parts, about have. */
  rows: { train: number; test: number };
  /** Files that rows speak of; null where there are none. */
  media: Media | null;
  /** Columns of train that are to be predicted, or that give it away. */
  targets: readonly string[];
}

/** Why a task cannot be measured, in a sentence. */
export class Unmeasurable extends Error {}

type CellOf = (column: string) => string;

export const composed = (
  pieces: readonly Piece[],
  cellOf: CellOf,
  measure: string,
  line: number,
): string =>
  pieces
    .map((piece) => {
      if ("text" in piece) return piece.text;
      if ("column" in piece) return cellOf(piece.column);
      return "first" in piece ? String(piece.first + line) : measure;
    })
    .join("");

/** The cells of a line that identify it. */
export const idCells = (asked: Asked, cellOf: CellOf, measure: string, line: number): string[] =>
  asked.columns.flatMap((column) =>
    "id" in column ? [composed(column.id, cellOf, measure, line)] : [],
  );

/** What a perfect answer states on a line; null where the row does not tell. */
export function truthCells(asked: Asked, cellOf: CellOf, measure: string): string[] | null {
  const cells: string[] = [];
  for (const column of asked.columns) {
    if ("id" in column) continue;
    const cell = stated(cellOf(column.truth.from ?? measure), column.truth, asked.predicts);
    if (cell === null) return null;
    cells.push(cell);
  }
  return cells;
}

/** A line in the submission's columns. */
export function lineOf(asked: Asked, ids: readonly string[], others?: readonly string[]): string[] {
  let [id, other] = [0, 0];
  return asked.columns.map((column) => {
    if ("id" in column) return ids[id++] ?? "";
    return others === undefined ? column.placeholder : (others[other++] ?? "");
  });
}

/** The text of a class, whichever way its number is written. */
export function classText(cell: string, isNumber: boolean): string {
  const number = isNumber ? numberIn(cell) : null;
  return number === null ? cell : String(number);
}

function stated(
  cell: string,
  { is, isNumber, written }: TruthRule,
  predicts: Asked["predicts"],
): string | null {
  if (predicts === "numbers") {
    const plain = written === undefined ? cell : plainNumber(cell, written);
    return numberIn(plain) === null ? null : plain;
  }
  if (predicts !== "texts" && isMissing(cell)) return null;
  const text = classText(cell, isNumber);
  return is === null ? text : text === is ? "1" : "0";
}
