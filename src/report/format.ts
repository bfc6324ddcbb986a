import { type Direction, gain } from "../core/candidate.ts";
import type { Measurement } from "../core/measurement.ts";
import type { CallCost } from "../core/usage.ts";

/** A score with as many digits as tell scores apart. */
export const formatScore = (score: number | null): string =>
  score === null ? "no score" : rounded(score, 6);

/** A number with that many digits that say something. */
export const rounded = (value: number, digits: number) =>
  new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits }).format(value);

/** A score with its standard error, both as fine as two digits of the error: `0.9735 ± 0.0035`. */
export function withError(score: number, error: number): string {
  if (!(error > 0)) return formatScore(score);
  const told = asFineAs(error);
  return `${told(score)} ± ${error < 10 ? told(error) : rounded(error, 2)}`;
}

/** A score with the interval that it lies in but for one case of twenty: `0.974 (95 %: 0.966 to 0.981)`. */
export function withInterval({ score, interval: [low, high] }: Expected): string {
  const told = low < high ? asFineAs((high - low) / 4) : formatScore;
  return `${told(score)} (95 %: ${told(low)} to ${told(high)})`;
}
type Expected = Pick<Measurement, "score" | "interval">;

function asFineAs(error: number): (value: number) => string {
  const digits = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error))));
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return (value) => new Intl.NumberFormat("en-US", format).format(value);
}

/** 75 as `1:15`, 3723 as `1:02:03`. */
export function formatSeconds(seconds: number): string {
  const [hours, minutes, rest] = clockOf(seconds);
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** `0.02 s`, `19.9 s`; 380 as `6 min 20 s`, 3723 as `1 h 2 min`. */
export function formatDuration(seconds: number): string {
  const [hours, minutes, rest] = clockOf(seconds);
  if (hours > 0) return `${hours} h ${minutes} min`;
  return seconds < 100 ? `${seconds.toFixed(seconds < 1 ? 2 : 1)} s` : `${minutes} min ${rest} s`;
}

const clockOf = (seconds: number): [hours: number, minutes: number, seconds: number] => [
  Math.floor(seconds / 3600),
  Math.floor(seconds / 60) % 60,
  Math.floor(seconds) % 60,
];

/** A count with separators for thousands; a dash where nobody told it. */
export const formatCount = (count: number | null): string =>
  count === null ? "–" : new Intl.NumberFormat("en-US").format(Math.round(count));

/** Money in dollars, small sums with four decimals; a dash where nobody told it. */
export const formatUsd = (usd: number | null): string =>
  usd === null ? "–" : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;

/** 1.5 as `1.5 %`; small ones keep two digits that say something. */
export const formatPercent = (percent: number): string => `${rounded(percent, 2)} %`;

/** A text that ends like a sentence. */
export const sentence = (text: string): string => (/[.!?]\s*$/.test(text) ? text : `${text}.`);

/** What a score is against another, in words: `better by 888 (1.8 %)`. */
export function formatChange(from: number, to: number, direction: Direction): string {
  const change = gain(from, to, direction);
  if (change === 0) return "no change";
  const relative = from === 0 ? "" : ` (${formatPercent(Math.abs((100 * change) / from))})`;
  return `${change > 0 ? "better" : "worse"} by ${rounded(Math.abs(change), 3)}${relative}`;
}

/** A sum that does not hide what it could not count. */
export function formatMoney({ costUsd, unpricedCalls, calls }: CallCost): string {
  if (costUsd === null) return "price unknown (see --prices)";
  const unknown = `${unpricedCalls} of ${calls} calls at an unknown price`;
  return formatUsd(costUsd) + (unpricedCalls === 0 ? "" : ` (${unknown})`);
}

/** What calls cost, on one line: `12 calls, 3,400 tokens in (800 cached), 560 out (200 reasoning), $0.39`. */
export function callsInWords(cost: CallCost): string {
  const { calls, inputTokens, outputTokens, cachedTokens, reasoningTokens } = cost;
  if (inputTokens === null && outputTokens === null) return `${formatCount(calls)} calls`;
  const share = (tokens: number | null, what: string) =>
    tokens === null || tokens === 0 ? "" : ` (${formatCount(tokens)} ${what})`;
  return [
    `${formatCount(calls)} calls`,
    `${formatCount(inputTokens)} tokens in${share(cachedTokens, "cached")}`,
    `${formatCount(outputTokens)} out${share(reasoningTokens, "reasoning")}`,
    formatMoney(cost),
  ].join(", ");
}
