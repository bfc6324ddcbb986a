import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type AttemptFact, PREDICTIONS } from "./attempts.ts";
import type { RunFacts } from "./run-facts.ts";

/** Of each file that much is read: a report is to be there at once. */
const MOST_BYTES = 32e6;
const MOST_LINES = 100_000;

const Truth = z.object({ idColumns: z.array(z.string()), columns: z.array(z.string()) });

/** What the best predicts beside the truth, column by column of the submission; in the same order of lines. */
export interface Predictions {
  columns: { name: string; truth: string[]; predicted: string[] }[];
  lines: number;
  /** Whether there are more lines than these, drawn at regular distances. */
  isSample: boolean;
}

/** Out-of-fold predictions of the best with their truth, at most as many lines as a report can take; null where none were measured, or they are gone. */
export function predictionsOf({ folder, bestAttempt }: RunFacts): Predictions | null {
  const paths = { truth: join(folder, "truth"), predicted: predictedAt(folder, bestAttempt) };
  const settings = join(paths.truth, "truth.json");
  const truthFile = join(paths.truth, "validation.csv");
  if (paths.predicted === null || ![settings, truthFile, paths.predicted].every(existsSync))
    return null;
  const { idColumns, columns } = Truth.parse(JSON.parse(readFileSync(settings, "utf8")));
  const truth = readTable(truthFile);
  const predicted = readTable(paths.predicted);
  const every = Math.ceil(truth.lines.length / MOST_LINES);
  const sampled = truth.lines.filter((_, index) => index % every === 0).map(cellsOf);
  const partners = alongside(sampled, { truth, predicted, idColumns, every });
  const pairs = sampled.flatMap((row, index) => {
    const partner = partners(row, index);
    return partner === undefined ? [] : [[row, partner] as const];
  });
  if (pairs.length === 0) return null;
  return {
    columns: columns.map((name) => {
      const [own, other] = [truth.columns.indexOf(name), predicted.columns.indexOf(name)];
      return {
        name,
        truth: pairs.map(([row]) => row[own] ?? ""),
        predicted: pairs.map(([, row]) => row[other] ?? ""),
      };
    }),
    lines: pairs.length,
    isSample: every > 1 || truth.isCut,
  };
}

const predictedAt = (folder: string, attempt: AttemptFact | null): string | null =>
  attempt?.measurement == null || attempt.run === null
    ? null
    : join(folder, "attempts", attempt.run.id, PREDICTIONS);

/** The predicted line that goes with one of the truth: by their ids, where lines have such, else the one at its place. */
function alongside(
  wanted: readonly string[][],
  {
    truth,
    predicted,
    idColumns,
    every,
  }: { truth: Table; predicted: Table; idColumns: readonly string[]; every: number },
): (row: string[], index: number) => string[] | undefined {
  if (idColumns.length === 0) return (_, index) => cellsOf(predicted.lines[index * every] ?? "");
  const keyOf = (table: Table) => {
    const places = idColumns.map((name) => table.columns.indexOf(name));
    return (row: string[]) => places.map((place) => row[place]).join("\u0000");
  };
  const [ownKey, otherKey] = [keyOf(truth), keyOf(predicted)];
  const keys = new Set(wanted.map(ownKey));
  const byKey = new Map<string, string[]>();
  for (const line of predicted.lines) {
    const row = cellsOf(line);
    const key = otherKey(row);
    if (keys.has(key)) byKey.set(key, row);
  }
  return (row) => byKey.get(ownKey(row));
}

type Table = ReturnType<typeof readTable>;

/** The table's first lines, as far as is read of it. */
function readTable(path: string) {
  const { size } = statSync(path);
  const buffer = Buffer.allocUnsafe(Math.min(size, MOST_BYTES));
  const file = openSync(path, "r");
  const bytes = readSync(file, buffer, 0, buffer.length, 0);
  closeSync(file);
  const isCut = bytes < size;
  const lines = buffer.toString("utf8", 0, bytes).split(/\r?\n/);
  const whole = (isCut ? lines.slice(0, -1) : lines).filter((line) => line !== "");
  return { columns: cellsOf(whole[0] ?? ""), lines: whole.slice(1), isCut };
}

/** Of lines whose quotes are read. */
const LONGEST_QUOTED = 1e6;

/** The cells of a line; a quoted one has no line of its own within here. */
const cellsOf = (line: string): string[] =>
  line.length <= LONGEST_QUOTED && line.includes('"')
    ? [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      )
    : line.split(",");
