/** What the best script printed about how it was validated. */
export interface ValidationFact {
  /** Its own lines that speak of folds, held-out rows or a spread, but for the list of scores below. */
  lines: string[];
  /** The scores of its folds and their standard deviation; null when it did not print two of them. */
  folds: { scores: number[]; deviation: number } | null;
}

const SPEAKS = /\bfolds?\b|cross[- ]?valid|\bcv\b|hold-?out|held[- ]out|\bstd\b|±/i;
const SCORE_LINE = /^Final Validation Performance:/;
const MOST_LINES = 8;
const MOST_CHARACTERS = 240;

/** Reads that from the end of its log; scores count when they follow `Fold scores:` or end a line for each fold. */
export function validationOf(log: string): ValidationFact {
  const said = log
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => SPEAKS.test(line) && !SCORE_LINE.test(line));
  const scores = foldScores(said);
  return {
    lines: said
      .filter((line) => scores.length < 2 || !LISTED.test(line))
      .slice(-MOST_LINES)
      .map((line) => line.slice(0, MOST_CHARACTERS)),
    folds: scores.length < 2 ? null : { scores, deviation: deviationOf(scores) },
  };
}

const NUMBER = String.raw`[-+]?\d[\d.]*(?:e[-+]?\d+)?`;
const LISTED = /^fold scores:\s*(.+)$/i;
const OF_ONE_FOLD = new RegExp(String.raw`^fold\s*\d+(?:\s*/\s*\d+)?\b.*?(${NUMBER})$`, "i");

/** Of the last such list, where a script measures more than once; else of the last line for each fold. */
function foldScores(lines: readonly string[]): number[] {
  const list = lines.findLast((line) => LISTED.test(line));
  const texts =
    list === undefined
      ? lines.flatMap((line) => OF_ONE_FOLD.exec(line)?.[1] ?? [])
      : (LISTED.exec(list)?.[1] ?? "").replace(/[[\]]/g, "").split(/[,\s]+/);
  return texts
    .filter((text) => text !== "")
    .map(Number)
    .filter(Number.isFinite);
}

/** Of the scores as a sample of all that folds could have been. */
function deviationOf(scores: readonly number[]): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return Math.sqrt(squares / (scores.length - 1));
}
