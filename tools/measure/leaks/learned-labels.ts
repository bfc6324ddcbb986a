import { SettingsError } from "../../../src/core/errors.ts";
import { exchanged, type Fold, type FoldUnit, foldUnits } from "./fold-units.ts";
import { readStated, type Stated } from "./predictions.ts";

export interface LearnedLabels extends Fold {
  /** Of the exchange that the second run was given. */
  seed: number;
  /** What the script left of the labels as they are, and as they were exchanged. */
  before: string;
  after: string;
}

const EXCHANGES = 300;
/** A row's own label, and those of the rows before and after it. */
const NEIGHBOURS = [0, -1, 1];

/**
 * How far what changed in the predictions of a fold goes with the labels that its units were given, in standard
 * deviations of what other exchanges would give. The exchange was drawn by chance: a script whose models for the fold
 * saw none of its labels has no way to it, however it stops, tunes or averages. Its square is about the number of
 * parameters that were fitted to the fold's labels. Null when predictions are missing.
 */
export async function learnedLabels(options: LearnedLabels): Promise<number | null> {
  const stated = await readStated(options.truth, [options.before, options.after]).catch(unreadable);
  if (stated === null) return null;
  const units = await foldUnits(options);
  const lines = units.flatMap(({ lines: own }) => own);
  if (units.some(({ files }) => files.length > 0))
    followFiles(stated, units, exchanged(units, options.seed));
  const agreement = stated.isNumber ? ofNumbers(stated, lines) : ofLabels(stated);
  const [own = [], ...others] = Array.from({ length: EXCHANGES + 1 }, (_, at) => {
    const given = givenLines(units, exchanged(units, options.seed + at));
    return NEIGHBOURS.map((step) => agreement(lines, given, step));
  });
  return Math.max(
    ...own.map((value, at) =>
      deviations(
        value,
        others.map((other) => other[at] ?? 0),
      ),
    ),
  );
}

/** Where units lie under each other's names, what is predicted for a name is said of the unit that lies there. */
function followFiles({ predicted: [, after = []] }: Stated, units: FoldUnit[], given: Uint32Array) {
  for (const column of after) {
    const said = column.slice();
    for (const [at, { lines }] of units.entries())
      for (const [nth, line] of lines.entries())
        column[line] = said[units[given[at] ?? at]?.lines[nth] ?? line] ?? Number.NaN;
  }
}

/** Predictions that are missing, or no table, prove nothing. */
function unreadable(error: unknown): null {
  if (error instanceof SettingsError) return null;
  throw error;
}

/** For each of a fold's lines, in order, the line whose truth it is given. */
const givenLines = (units: readonly FoldUnit[], given: Uint32Array): number[] =>
  [...given].flatMap((unit) => units[unit]?.lines ?? []);

type Agreement = (lines: readonly number[], given: readonly number[], step: number) => number;

/** In ranks: what of the later predictions neither the earlier ones nor the truth explain, times the labels given. */
function ofNumbers(
  { truth, predicted: [before = [], after = []] }: Stated,
  lines: number[],
): Agreement {
  const within = (column: Float64Array | undefined) =>
    ranks(Float64Array.from(lines, (line) => column?.[line] ?? 0));
  const place = new Map(lines.map((line, at) => [line, at]));
  const columns = truth.map((column, at) => {
    const labels = within(column);
    return { labels, rest: unexplained(within(after[at]), [within(before[at]), labels]) };
  });
  return (own, given, step) => {
    const places = given.map((line) => place.get(line) ?? 0);
    let sum = 0;
    for (const { labels, rest } of columns)
      for (let at = 0; at < own.length; at += 1)
        sum += (rest[at] ?? 0) * (labels[places[at + step] ?? -1] ?? 0);
    return sum;
  };
}

/** How many labels given are met by the later predictions, less those met by the earlier ones. */
const ofLabels =
  ({ truth, predicted: [before = [], after = []] }: Stated): Agreement =>
  (lines, given, step) => {
    let sum = 0;
    for (const [column, labels] of truth.entries())
      for (const [at, line] of lines.entries()) {
        const label = labels[given[at + step] ?? -1];
        sum += Number(after[column]?.[line] === label) - Number(before[column]?.[line] === label);
      }
    return sum;
  };

/** Ranks around zero; equal values share theirs. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranked = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = values[order[from] ?? 0];
    while (to < order.length && values[order[to] ?? 0] === value) to += 1;
    for (let at = from; at < to; at += 1) ranked[order[at] ?? 0] = (from + to - values.length) / 2;
  }
  return ranked;
}

/** What is left of a column when others, one after another, have explained what they can. */
function unexplained(column: Float64Array, others: readonly Float64Array[]): Float64Array {
  const basis: Float64Array[] = [];
  const without = (vector: Float64Array) =>
    basis.reduce((left, axis) => {
      const part = product(left, axis) / (product(axis, axis) || 1);
      return left.map((value, at) => value - part * (axis[at] ?? 0));
    }, vector);
  for (const other of others) basis.push(without(other));
  return without(column);
}

const product = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

function deviations(value: number, others: readonly number[]): number {
  const mean = others.reduce((sum, other) => sum + other, 0) / others.length;
  const spread = Math.sqrt(
    others.reduce((sum, other) => sum + (other - mean) ** 2, 0) / others.length,
  );
  return spread === 0 ? 0 : Math.abs(value - mean) / spread;
}
