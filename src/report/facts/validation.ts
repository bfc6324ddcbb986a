const SPEAKS = /\bfolds?\b|cross[- ]?valid|\bcv\b|hold-?out|held[- ]out|\bstd\b|±/i;
const SCORE_LINE = /^Final Validation Performance:/;
const MOST_LINES = 8;
const MOST_CHARACTERS = 240;

const NUMBER = String.raw`[-+]?(?<![\d.])\d[\d.]*(?:e[-+]?\d+)?`;
const LISTED = /^fold scores:\s*(\S.*)$/i;
const OF_ONE_FOLD = new RegExp(String.raw`^fold\s*\d+(?:\s*/\s*\d+)?\b.*?(${NUMBER})$`, "i");

/**
 * What the best script printed about how it was validated, from the end of its log: its own lines that speak of folds,
 * held-out rows or a spread, and the scores of its folds, where they follow `Fold scores:` or end a line for each fold.
 */
export function validationOf(log: string) {
  const said = log
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => SPEAKS.test(line) && !SCORE_LINE.test(line));
  const scores = foldScores(said);
  const isTold = scores.length > 1;
  return {
    lines: said
      .filter((line) => !isTold || !LISTED.test(line))
      .slice(-MOST_LINES)
      .map((line) => line.slice(0, MOST_CHARACTERS)),
    /** With their standard deviation; null when it did not print two of them. */
    folds: isTold ? { scores, deviation: deviationOf(scores) } : null,
  };
}

/** Of the last such list, where a script measures more than once; else of the last line for each fold. */
function foldScores(lines: readonly string[]): number[] {
  const list = LISTED.exec(lines.findLast((line) => LISTED.test(line)) ?? "")?.[1];
  const texts =
    list === undefined
      ? lines.flatMap((line) => OF_ONE_FOLD.exec(line)?.[1] ?? [])
      : list.split(/[[\],\s]+/).filter((text) => text !== "");
  return texts.map(Number).filter(Number.isFinite);
}

/** Of the scores as a sample of all that folds could have been. */
function deviationOf(scores: readonly number[]): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return Math.sqrt(squares / (scores.length - 1));
}
