import { type Direction, gain } from "../core/candidate.ts";

/** A score with as many digits as tell scores apart. */
export function formatScore(score: number | null): string {
  if (score === null) return "no score";
  return new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 }).format(score);
}

/** 75 as `1:15`, 3723 as `1:02:03`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** 38 as `38 s`, 75 as `1 min 15 s`, 3723 as `1 h 2 min`. */
export function formatSpan(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}

/** Seconds of one script or call: `0.02 s`, `19.9 s`, `380 s`. */
export function formatDuration(seconds: number): string {
  const digits = seconds < 1 ? 2 : seconds < 100 ? 1 : 0;
  return `${seconds.toFixed(digits)} s`;
}

/** A count with separators for thousands; a dash where nobody told it. */
export function formatCount(count: number | null): string {
  return count === null ? "–" : new Intl.NumberFormat("en-US").format(Math.round(count));
}

/** Money in dollars, small sums with four decimals; a dash where nobody told it. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return "–";
  return `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

/** 1.5 as `1.5 %`; small ones keep two digits that say something. */
export function formatPercent(percent: number): string {
  return `${new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 }).format(percent)} %`;
}

/** A text that ends like a sentence. */
export const sentence = (text: string): string => (/[.!?]\s*$/.test(text) ? text : `${text}.`);

/** How far scores lie apart: `standard deviation 312`. */
export function formatDeviation(deviation: number): string {
  const size = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
  return `standard deviation ${size.format(deviation)}`;
}

/** What a score is against another, in words: `better by 888 (1.8 %)`. */
export function formatChange(from: number, to: number, direction: Direction): string {
  const change = gain(from, to, direction);
  if (change === 0) return "no change";
  const relative = from === 0 ? "" : ` (${formatPercent(Math.abs((100 * change) / from))})`;
  const size = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
  return `${change > 0 ? "better" : "worse"} by ${size.format(Math.abs(change))}${relative}`;
}

/** How a score stands beside the run's first one: `better by 3 (6 %) than the first`. */
export const comparedWithFirst = (first: number, score: number, direction: Direction): string =>
  gain(first, score, direction) === 0
    ? "as good as the first"
    : `${formatChange(first, score, direction)} than the first`;
