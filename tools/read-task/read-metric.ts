import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Direction } from "../../src/core/candidate.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { directionIn, isOwnMetric, metricNamed, metricsIn } from "../../src/core/metric.ts";
import { METRICS, type Metric } from "../../src/core/metric-table.ts";
import type { FolderFile } from "./list-folder.ts";
import type { Fixed } from "./task-yaml.ts";

export interface MetricChoice {
  metric: string | null;
  direction: Direction | null;
  /** What speaks for them. */
  reason: string;
}

/** Of the source of a person's own metric. */
const MOST_CHARACTERS = 3000;

/** Words of everyday language that name a metric only where the text speaks of scoring. */
const EVERYDAY = new Set(["accuracy", "precision", "recall", "error_rate", "concordance_index"]);

/** Metric and direction of the task: from `task.yaml`, else from the description; null where neither says. */
export function readMetric(description: string, fixed: Fixed): MetricChoice {
  if (fixed.metric !== undefined) return fixedMetric(fixed.metric, fixed);
  const { metric, direction } = metricInWords(description);
  const reason =
    metric === null ? "the description does not name one that is known" : "in the description";
  return { metric, direction: fixed.direction ?? direction, reason };
}

function fixedMetric(name: string, { direction, said }: Fixed): MetricChoice {
  const metric = isOwnMetric(name) ? null : metricNamed(name);
  if (metric === null && direction === undefined)
    throw new SettingsError(
      `${said("metric")}: "${name}" is not known by name; add "direction: minimize" or "direction: maximize" to task.yaml (or --direction)${isOwnMetric(name) ? "" : `, or name one of ${METRICS.map((known) => known.name).join(", ")}`}`,
    );
  if (metric !== null && direction !== undefined && direction !== metric.direction)
    throw new SettingsError(
      `${said("direction")}: ${direction} contradicts the metric ${metric.name}, which is to ${metric.direction}; remove the direction or name another metric`,
    );
  const reason = `${isOwnMetric(name) ? "its own function score, " : ""}from ${said("metric")}`;
  return {
    metric: metric?.name ?? name,
    direction: direction ?? metric?.direction ?? null,
    reason,
  };
}

/** A person's own metric as agents are told of it: its source, bounded; null where the metric is one of the table. */
export async function ownMetric(
  metric: string | null,
  { folder, files, fixed }: { folder: string; files: readonly FolderFile[]; fixed: Fixed },
): Promise<string | null> {
  if (metric === null || !isOwnMetric(metric)) return null;
  if (!files.some(({ path }) => path === metric))
    throw new SettingsError(
      `${fixed.said("metric")}: there is no file ${metric} in ${folder}; put it there, with a function score(truth, prediction)`,
    );
  const source = await readFile(join(folder, metric), "utf8");
  if (!/^(?:def score\b|score\s*=|from .* import .*\bscore\b)/m.test(source))
    throw new SettingsError(
      `${fixed.said("metric")}: ${metric} has no function score(truth, prediction)`,
    );
  const rest = source.length - MOST_CHARACTERS;
  const shown = rest > 0 ? `${source.slice(0, MOST_CHARACTERS)}\n# ... ${rest} characters` : source;
  return `The metric is the function score of ${metric}, which scripts do not see. It is given two data frames with the submission's columns, the lines in the same order:\n${shown.trimEnd()}`;
}

/** The narrowest part of the text that names a metric decides; several metrics there, or a contradiction, are none. */
function metricInWords(description: string): Omit<MetricChoice, "reason"> {
  const passages = scoringPassages(description);
  const scoring = passages.join("\n");
  const direction = directionIn(scoring);
  const anywhere = firstMetric([description]);
  const metric = firstMetric(passages) ?? (EVERYDAY.has(anywhere?.name ?? "") ? null : anywhere);
  if (metric === null || (direction !== null && direction !== metric.direction))
    return { metric: null, direction };
  // An error between logarithms is the logarithmic error.
  const between = /logarithms? of (?:the )?(?:predict|actual|observed|target)/i.test(scoring);
  const name = between && metric.name === "rmse" ? "rmsle" : metric.name;
  return { metric: name, direction: metric.direction };
}

/** The metric of the first passage that names any; null when that names several, or one we do not know. */
function firstMetric(passages: readonly string[]): Metric | null {
  const named = passages.map((passage) => new Set(metricsIn(passage)));
  const [metric = null, ...others] = named.find(({ size }) => size > 0) ?? [];
  return others.length === 0 ? metric : null;
}

/** Passages that speak of scoring, the most telling first: a "Metric:" line, sentences in its section, the section. */
function scoringPassages(description: string): string[] {
  const sections = description
    .split(/^(?=#{1,6} )/m)
    .filter((section) => /^#{1,6} .*\b(?:evaluat|metric|scor)/i.test(section));
  const lines = description.match(/^.*\b(?:metric|scored by|evaluation)\b[*_`]*\s*:.*$/gim) ?? [];
  const telling = /\b(?:evaluated|scored|judged|ranked|metric|score is|measured|uses?)\b/i;
  const sentences = (text: string) =>
    text.split(/(?<=[.!?])\s+|\n{2,}/).filter((sentence) => telling.test(sentence));
  return [
    lines.join("\n"),
    ...sections.flatMap((section) => sentences(section.replace(/^#.*$/m, ""))),
    ...sections,
    ...sentences(description),
  ];
}
