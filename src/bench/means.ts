import { grouped } from "../core/grouped.ts";
import type { Row } from "./row.ts";

/** What the runs of a task come to; means are over those that have the figure. */
export interface TaskMeans {
  task: string;
  metric: string | null;
  runs: number;
  done: number;
  hidden: number | null;
  /** Standard error of that mean over the seeds; null for fewer than two. */
  error: number | null;
  reported: number | null;
  /** Runs whose reported score agrees with the hidden one, and those of which it can be said. */
  inside: number;
  judged: number;
  medals: number;
  seconds: number | null;
  tokens: number | null;
  usd: number | null;
}

/** By task, in the order of the rows. */
export const taskMeans = (rows: readonly Row[]): TaskMeans[] =>
  [...grouped(rows, ({ task }) => task)].map(([task, own]) => {
    const over = (read: (row: Row) => number | null | undefined) =>
      mean(own.flatMap((row) => read(row) ?? []));
    return {
      task,
      metric: own.find(({ metric }) => metric !== null)?.metric ?? null,
      runs: own.length,
      done: own.filter(({ status }) => status === "done").length,
      hidden: over(({ hidden }) => hidden?.score),
      error: standardError(own.flatMap(({ hidden }) => hidden?.score ?? [])),
      reported: over(({ reported }) => reported?.score),
      inside: own.filter(({ inside }) => inside === true).length,
      judged: own.filter(({ inside }) => inside !== null).length,
      medals: own.filter(({ medal }) => medal !== null).length,
      seconds: over(({ seconds }) => seconds),
      tokens: over(({ tokens }) => tokens),
      usd: over(({ usd }) => usd),
    };
  });

/** Null for none. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the mean; null for fewer than two. */
export function standardError(values: readonly number[]): number | null {
  const middle = mean(values);
  if (middle === null || values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
