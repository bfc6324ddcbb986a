/** What a solution script prints before its validation score. */
export const SCORE_MARKER = "Final Validation Performance:";

/** Of what stands behind the marker. */
const LONGEST_NUMBER = 200;
const NUMBER =
  /^\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?)(?:\s*(%))?(?![\w.,]*\d)/;

/**
 * The number on the last score line of a run's standard output, or null: no such line, no number, NaN or infinity.
 * Thousands separators are read as such and a percentage as a fraction; the last line decides even when it is bad.
 */
export function parseScore(stdout: string): number | null {
  const line = stdout
    .split(/\r?\n/)
    .filter((text) => text.includes(SCORE_MARKER))
    .at(-1);
  if (line === undefined) return null;
  const start = line.lastIndexOf(SCORE_MARKER) + SCORE_MARKER.length;
  const value = line.slice(start, start + LONGEST_NUMBER);
  const [, digits = "", percent] = NUMBER.exec(value) ?? [];
  if (!/\d/.test(digits)) return null;
  const number = Number(digits.replaceAll(",", ""));
  if (!Number.isFinite(number)) return null;
  return percent === "%" ? number / 100 : number;
}

const EFFECT = /^Ablation\[([^\]\r\n\u2028\u2029]+)\]:\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)/gm;

/** The scores an ablation script printed: of the solution as it is, and with one part disabled at a time. */
export function ablationEffects(stdout: string): {
  baseline: number | null;
  effects: { part: string; score: number }[];
} {
  const lines = [...stdout.matchAll(EFFECT)]
    .map(([, part = "", score]) => ({ part: part.trim(), score: Number(score) }))
    .filter(({ score }) => Number.isFinite(score));
  return {
    baseline: lines.find(({ part }) => part.toLowerCase() === "baseline")?.score ?? null,
    effects: lines.filter(({ part }) => part.toLowerCase() !== "baseline"),
  };
}
