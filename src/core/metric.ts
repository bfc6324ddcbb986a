import type { Direction } from "./candidate.ts";
import { METRICS, type Metric } from "./metric-table.ts";

const BY_ALIAS = new Map(METRICS.flatMap((metric) => metric.aliases.map((name) => [name, metric])));
const LONGEST_FIRST = [...BY_ALIAS.keys()].toSorted((a, b) => b.length - a.length);
const ANY_ALIAS = new RegExp(`(?<![a-z0-9])(?:${LONGEST_FIRST.join("|")})(?![a-z0-9])`, "g");

/** Words before a name that make it another metric: "weighted log loss" is not log loss. */
const QUALIFIER =
  /(?:weighted|balanced|modified|custom|normali[sz]ed|relative|scaled|partial|adjusted|penali[sz]ed|group|ranking|probabilistic|sample averaged|log(?:arithm)? of)(?: version of)? $/;
const LONGEST_QUALIFIER = 60;
/** Words around a name that leave it what it is. */
const FILLER =
  /(?<![a-z0-9])(?:a|an|of|for|on|over|per|each|all|every|score|metric|value|multi class|multiclass|binary|targets?|columns?|mean column ?wise|average column ?wise|column ?wise|column averaged)(?![a-z0-9])/g;

/** Lower-case words without punctuation and articles; `MAP@3` becomes `map at k`. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("²", "2")
    .replace(/\.(?!\d)/g, " ")
    .replace(/[^a-z0-9@.]+/g, " ")
    .replace(/ ?(?:@|(?<= )at(?= (?:\d+|k)(?: |$))) ?(?:\d+|k)(?![a-z0-9])/g, " at k")
    .replace(/\bthe\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** The metrics a text mentions, in reading order, the longest name at a place; null for one that a word before it makes another. */
export function metricsIn(prose: string): (Metric | null)[] {
  const plain = words(prose);
  return [...plain.matchAll(ANY_ALIAS)].map(({ 0: alias, index }) =>
    QUALIFIER.test(plain.slice(Math.max(0, index - LONGEST_QUALIFIER), index))
      ? null
      : (BY_ALIAS.get(alias) ?? null),
  );
}

/** The one metric that a name or a heading-like phrase stands for: "Root Mean Squared Error (RMSE)"; null when unknown. */
export function metricNamed(text: string): Metric | null {
  const exact = BY_ALIAS.get(words(text));
  if (exact !== undefined) return exact;
  const found = new Set(metricsIn(text));
  const [only] = found;
  const rest = words(text).replace(ANY_ALIAS, " ").replace(FILLER, " ").trim();
  return found.size === 1 && rest === "" && only ? only : null;
}

const RANGES = { share: [0, 1], correlation: [-1, 1], loss: [0, Infinity], gain: [-Infinity, 1] };

/** What a score is one of. */
export interface Scored {
  metric: string;
  direction: Direction;
}

/** From where to where the scores go; endless where that is not known, as of a metric that is turned round (negative errors). */
export function rangeOf({ metric, direction }: Scored): readonly [number, number] {
  const row = METRICS.find(({ name }) => name === metric);
  const { scale = null } = row?.direction === direction ? row : {};
  const [least = -Infinity, most = Infinity] =
    scale === null || scale === "other" ? [] : RANGES[scale];
  return [least, most];
}

/** Whether the metric's scores go as far. */
export function isPossible(scored: Scored, score: number): boolean {
  const [least, most] = rangeOf(scored);
  return score >= least && score <= most;
}

/** Whether the metric is a person's own: a Python file of the task folder, by its path there. */
export const isOwnMetric = (metric: string): boolean => metric.endsWith(".py");

const LOWER =
  /(?:lower|smaller|less)(?: \w+){0,3} (?:is|are|means?) better|lower better|(?:direction|to be) minimi[sz]ed?|minimi[sz]ed?$/;
const HIGHER =
  /(?:higher|larger|greater|bigger|more)(?: \w+){0,3} (?:is|are|means?) better|higher better|(?:direction|to be) maximi[sz]ed?|maximi[sz]ed?$/;

/** The direction a text states in words; null when it states none, or both. */
export function directionIn(prose: string): Direction | null {
  const plain = words(prose);
  const lower = LOWER.test(plain);
  if (lower === HIGHER.test(plain)) return null;
  return lower ? "minimize" : "maximize";
}
