import {
  formatCount,
  formatDuration,
  formatPercent,
  formatScore,
  formatUsd,
  rounded,
} from "../report/format.ts";
import { padded } from "../report/padded.ts";
import type { Comparison, TaskComparison } from "./compare.ts";
import type { TaskMeans } from "./means.ts";
import type { Row } from "./row.ts";

/** What a benchmark comes to. */
export interface Results {
  rows: Row[];
  tasks: TaskMeans[];
  against: (Comparison & { folder: string }) | null;
}

type Cells<Of> = Record<string, (of: Of) => string>;

const NOTHING = "–";
const score = (value: number | null | undefined, error?: number | null) =>
  value == null
    ? NOTHING
    : `${formatScore(value)}${error == null ? "" : ` ± ${rounded(1.96 * error, 2)}`}`;
const time = (seconds: number | null) => (seconds === null ? NOTHING : formatDuration(seconds));
const yes = (value: boolean | null) => (value === null ? NOTHING : value ? "yes" : "no");

/** What a person sees of a run. Intervals are of 95 %. */
const RUN: Cells<Row> = {
  task: ({ task }) => task,
  seed: ({ seed }) => String(seed),
  metric: ({ metric }) => metric ?? NOTHING,
  hidden: ({ hidden }) => score(hidden?.score, hidden?.error),
  reported: ({ reported }) => score(reported?.score),
  by: ({ reported }) => reported?.by ?? NOTHING,
  interval: ({ reported }) => reported?.interval?.map(formatScore).join(" to ") ?? NOTHING,
  inside: ({ inside }) => yes(inside),
  medal: ({ medal }) => medal ?? NOTHING,
  time: ({ seconds }) => time(seconds),
  tokens: ({ tokens }) => formatCount(tokens),
  cost: ({ usd }) => formatUsd(usd),
  ended: ({ status, problem }) => (problem === null ? status : `${status}: ${problem}`),
};

const MEANS: Cells<TaskMeans> = {
  task: ({ task }) => task,
  done: ({ done, runs }) => `${done} of ${runs}`,
  metric: ({ metric }) => metric ?? NOTHING,
  hidden: ({ hidden, error }) => score(hidden, error),
  reported: ({ reported }) => score(reported),
  inside: ({ inside, judged }) => (judged === 0 ? NOTHING : `${inside} of ${judged}`),
  medals: ({ medals }) => String(medals),
  time: ({ seconds }) => time(seconds),
  tokens: ({ tokens }) => formatCount(tokens),
  cost: ({ usd }) => formatUsd(usd),
};

const AGAINST: Cells<TaskComparison> = {
  task: ({ task }) => task,
  pairs: ({ pairs }) => String(pairs),
  wins: ({ wins }) => String(wins),
  losses: ({ losses }) => String(losses),
  ties: ({ ties }) => String(ties),
  gain: ({ gain, error }) => score(gain, error),
  relative: ({ relative }) => (relative === null ? NOTHING : formatPercent(100 * relative)),
};

type Table = [title: string, rows: string[][]];

const table = <Of>(title: string, cells: Cells<Of>, of: readonly Of[]): Table => [
  title,
  [Object.keys(cells), ...of.map((one) => Object.values(cells).map((cell) => cell(one)))],
];

function tablesOf({ rows, tasks, against }: Results): Table[] {
  const compared =
    against === null
      ? []
      : [table(`Against ${against.folder}. ${against.sentence}`, AGAINST, against.tasks)];
  return [table("Runs", RUN, rows), table("Means by task", MEANS, tasks), ...compared];
}

/** For the terminal. */
export const linesOf = (results: Results): string[] =>
  tablesOf(results).flatMap(([title, rows]) => ["", title, ...padded(rows)]);

/** A run alone, a line for each figure that it has. */
export const linesOfRow = (row: Row): string[] =>
  padded(
    Object.entries(RUN)
      .map(([name, cell]) => [name, cell(row)])
      .filter(([, cell]) => cell !== NOTHING),
  );

/** For a page. */
export function markdownOf(results: Results): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const parts = tablesOf(results).map(([title, [head = [], ...rows]]) =>
    [`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"),
  );
  return `${parts.join("\n\n")}\n`;
}

/** For other programs: numbers as they are. */
const CSV: Record<string, (row: Row) => string | number | boolean | null | undefined> = {
  task: ({ task }) => task,
  seed: ({ seed }) => seed,
  status: ({ status }) => status,
  metric: ({ metric }) => metric,
  direction: ({ direction }) => direction,
  hidden: ({ hidden }) => hidden?.score,
  hidden_error: ({ hidden }) => hidden?.error,
  reported: ({ reported }) => reported?.score,
  reported_low: ({ reported }) => reported?.interval?.[0],
  reported_high: ({ reported }) => reported?.interval?.[1],
  reported_by: ({ reported }) => reported?.by,
  inside: ({ inside }) => inside,
  medal: ({ medal }) => medal,
  above_median: ({ aboveMedian }) => aboveMedian,
  seconds: ({ seconds }) => seconds,
  tokens: ({ tokens }) => tokens,
  usd: ({ usd }) => usd,
  problem: ({ problem }) => problem,
  run: ({ run }) => run,
};

export const csvOf = (rows: readonly Row[]): string =>
  [
    Object.keys(CSV),
    ...rows.map((row) => Object.values(CSV).map((cell) => quoted(String(cell(row) ?? "")))),
  ]
    .map((cells) => `${cells.join(",")}\n`)
    .join("");

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
