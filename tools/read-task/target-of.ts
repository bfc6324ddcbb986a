import type { Corrections } from "../../src/core/corrections.ts";
import { METRICS } from "../../src/core/metric-table.ts";
import type { Target } from "../../src/core/task.ts";
import { numberIn } from "./cells/cell.ts";
import type { ColumnProfile } from "./column-profile.ts";
import { counted, countOf, figure, share } from "./figures.ts";

/** More distinct numbers than this are amounts, not classes, unless the metric compares classes. */
const MOST_NUMBER_CLASSES = 20;
/** Texts without end are no classes: they are left out, and whoever reads the target sees none. */
const MOST_CLASSES = 20_000;
const MOST_SHOWN = 15;

const MEANS = { numbers: "value", probabilities: "probability", labels: "label" } as const;

/** What is to be predicted in a column, from its values and from what the metric compares. */
export function targetOf(
  column: ColumnProfile,
  metric: string | null,
  wanted?: Corrections["predicts"],
): Target {
  const { name, counts, isNumber, isInteger } = column;
  const known = METRICS.find((one) => one.name === metric)?.predicts;
  const predicts = known ?? (wanted === undefined ? "other" : MEANS[wanted]);
  const many = counts.size > MOST_NUMBER_CLASSES;
  if (isNumber && (predicts === "value" || (many && (!isInteger || predicts === "other"))))
    return { name, kind: "regression", classes: [], positive: null };
  const classes = counts.size > MOST_CLASSES ? [] : classesOf(column);
  const kind = classes.length === 2 ? "binary" : "multiclass";
  return { name, kind, classes, positive: null };
}

/** The distinct values, each once, in the order Python's `sorted` gives them. */
export function classesOf({ counts, isNumber }: ColumnProfile): string[] {
  if (!isNumber) return [...counts.keys()].toSorted();
  const distinct = new Set([...counts.keys()].map((text) => numberIn(text) ?? 0));
  return [...distinct].toSorted((a, b) => a - b).map(String);
}

/** How the values of a target are distributed, in one line. */
export function describeTarget({ name, kind }: Target, column: ColumnProfile): string {
  const { counts, overflows, missing } = column;
  const distinct = `${overflows ? "more than " : ""}${counted(counts.size)}`;
  const text =
    kind === "regression"
      ? `${distinct} distinct values; ${amounts(counts)}`
      : `${distinct} ${overflows ? "values" : counts.size === 1 ? "class" : "classes"}: ${frequencies(column)}`;
  const without = missing > 0 ? `; ${countOf(missing, "row")} without a value` : "";
  return `Target ${name}: ${kind}, ${text}${without}`;
}

function amounts(counts: ReadonlyMap<string, number>): string {
  const values = [...counts].map(([text, count]) => ({ value: numberIn(text) ?? 0, count }));
  const sorted = values.toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const average = (of: (value: number) => number) =>
    sorted.reduce((sum, { value, count }) => sum + (of(value) * count) / total, 0);
  const mean = average((value) => value);
  const deviation = Math.sqrt(average((value) => (value - mean) ** 2));
  const skewness = average((value) => ((value - mean) / (deviation || 1)) ** 3);
  const at = (part: number) => {
    let left = Math.round(part * (total - 1));
    const found = sorted.find(({ count }) => {
      left -= count;
      return left < 0;
    });
    return figure(found?.value ?? 0);
  };
  return (
    `minimum ${at(0)}, 5 % ${at(0.05)}, 25 % ${at(0.25)}, median ${at(0.5)}, 75 % ${at(0.75)}, 95 % ${at(0.95)}, ` +
    `maximum ${at(1)}; mean ${figure(mean)}, standard deviation ${figure(deviation)}, skewness ${figure(skewness, 3)}`
  );
}

function frequencies({ counts, filled }: ColumnProfile): string {
  const frequent = [...counts].toSorted(([, a], [, b]) => b - a);
  const shown = frequent
    .slice(0, MOST_SHOWN)
    .map(([name, count]) => `${name} (${counted(count)}, ${share(count, filled)})`);
  const [rarest, least = 0] = frequent.at(-1) ?? [];
  const rest = frequent.length > MOST_SHOWN ? `, ... down to ${rarest} (${counted(least)})` : "";
  return `${shown.join(", ")}${rest}`;
}
