import type { Ground } from "../core/ground.ts";
import type { Target } from "../core/task.ts";
import { formatCount, formatDuration, formatUsd } from "./format.ts";
import type { Beginning, ExpectedRun, Inspection } from "./inspection.ts";
import { padded } from "./padded.ts";
import { apartInWords } from "./score-in-words.ts";
import { withheldFiles } from "./shown-files.ts";
import { oneLine } from "./visible.ts";

/** What a line is about: the flag, or the field of `task.yaml`, that puts it right; and what was understood. */
export type Line = readonly [about: string, told: string];

const MOST_NAMES = 8;

/** What was understood of a task, and what a run of it will take. */
export const showInspection = (seen: Inspection): string[] => [
  `${seen.name}: what is understood, before anything is spent. A flag, or the same word in task.yaml, puts its line right.`,
  ...laidOut([...taskLines(seen), ...groundLines(seen.ground), ...costLines(seen)]),
  ...(seen.obstacle === null ? [] : [`A run would be refused: ${oneLine(seen.obstacle)}`]),
];

/** What a run begins with. */
export const showBeginning = (seen: Beginning): string[] =>
  laidOut([...taskLines(seen), ...costLines(seen)]);

/** What a run's scores stand on, as lines of their own. */
export const showGround = (ground: Ground): string[] => laidOut(groundLines(ground));

const laidOut = (lines: readonly Line[]) =>
  padded(
    lines.map(([about, told]) => [`  ${about}`, oneLine(told)]),
    12,
  );

function taskLines(seen: Beginning): Line[] {
  const { targets, metric, direction, reasons, ids, train, test, modality } = seen;
  const positive = targets.flatMap((one) => one.positive ?? []);
  const better = direction === "minimize" ? "lower" : "higher";
  return [
    ["data", `${modality ?? "unclear"}: ${[train, test].flatMap(rowsIn).join(", ") || "no table"}`],
    ["--target", `${targets.map(targetInWords).join("; ") || "none"} (${reasons.target})`],
    ...(positive.length > 0 && reasons.positive !== null
      ? [["--positive", `${named(new Set(positive))} (${reasons.positive})`] as const]
      : []),
    [
      "--metric",
      `${metric ?? "unknown"}${direction === null ? "" : `, ${better} is better`} (${reasons.metric})`,
    ],
    ["--id", `${named(ids)} (${reasons.id})`],
    ...noted("dates", "", seen.dates),
    ...noted("read as", "", seen.readings),
    ...noted("--drop", "", seen.noted),
    ...noted("ignored", "", seen.ignored),
    ...seen.sideTables.map(
      ({ path, rows, joinsBy }): Line => [
        "side table",
        `${path}: ${formatCount(rows)} rows${joinsBy.length > 0 ? `, joins by ${named(joinsBy)}` : ", joins by no column"}`,
      ],
    ),
    ["shown", seen.shown.join(", ")],
    ...withheldFiles(seen.withheld).map((told): Line => ["withheld", told]),
  ];
}

/** What scores stand on, by what puts it right. */
export function groundLines(ground: Ground): Line[] {
  const { mode, reason, noun, units, split, folds, apart, leftOut, predicts } = ground;
  const why = reason === "" ? "" : `: ${reason}`;
  const asked = units.test > 0 ? `, ${counted(units.test, noun)} asked for` : ", none asked for";
  return [
    ["unit:", `${counted(units.train, noun)} to learn from${asked}; ${predicts} are predicted`],
    ["--split", `${split.kind}${split.by === null ? "" : ` by ${split.by}`}: ${split.evidence}`],
    [
      "--holdout",
      mode === "holdout"
        ? `${counted(units.holdout, noun)} that no script learns from`
        : `none${why}`,
    ],
    [
      "folds:",
      mode === "claims"
        ? "none: scores are what scripts say of themselves"
        : `${folds === 1 ? "one part" : `${folds} folds`} of ${counted(units.validation, noun)}`,
    ],
    ...(apart === null ? [] : [["train, test", apartInWords(apart)] as const]),
    ...leftOut
      .slice(0, MOST_NAMES)
      .map(({ path, reason }): Line => ["left out", `${path}: ${reason}`]),
    ...more(leftOut.length, "left out", "files"),
  ];
}

function costLines({ expected, model }: Beginning): Line[] {
  const { scripts, scriptSeconds, seconds, mostSeconds, calls, fits, gaveWay } = expected;
  const most = mostSeconds === null ? "" : `, at most ${formatDuration(mostSeconds)}`;
  return [
    [
      "scripts",
      `up to ${formatCount(scripts)}, each at most ${formatDuration(scriptSeconds)}; about ${formatDuration(seconds)} in all${most}`,
    ],
    ...(fits === null || (gaveWay === null && fits >= FEW)
      ? []
      : [
          ["--time", `has room for about ${formatCount(fits)} scripts${lowered(gaveWay)}`] as const,
        ]),
    [
      "--model",
      calls === 0
        ? `${model}: the built-in engineer, which costs nothing`
        : `${model}: ${asking(expected)}`,
    ],
  ];
}

const FEW = 6;

const lowered = (gaveWay: string | null) => (gaveWay === null ? "" : `, with ${gaveWay}`);

function asking({ calls, inputTokens, outputTokens, mostTokens, usd }: ExpectedRun): string {
  const cap = mostTokens === null ? "" : ` (at most ${formatCount(mostTokens)})`;
  const tokens = `${formatCount(inputTokens)} tokens in and ${formatCount(outputTokens)} out${cap}`;
  const money =
    usd === null ? "at a price that is not known (see --prices)" : `about ${formatUsd(usd)}`;
  return `about ${formatCount(calls)} calls, ${tokens}, ${money}`;
}

const rowsIn = (table: Inspection["train"]): string[] =>
  table === null
    ? []
    : [`${table.path} ${table.isEstimate ? "about " : ""}${formatCount(table.rows)} rows`];

function targetInWords({ name, kind, classes }: Target): string {
  if (kind === "regression") return `${name}, a number`;
  return `${name}, ${classes.length > MOST_NAMES ? `${formatCount(classes.length)} classes` : `one of ${named(classes)}`}`;
}

/** Columns with the same note in one line. */
const noted = (about: string, before: string, notes: Inspection["noted"]): Line[] =>
  [...Map.groupBy(notes, ({ note }) => note)].map(
    ([note, alike]): Line => [
      about,
      `${before}${named(alike.map(({ column }) => column))}: ${note}`,
    ],
  );

const more = (count: number, about: string, what: string): Line[] =>
  count > MOST_NAMES ? [[about, `and ${formatCount(count - MOST_NAMES)} more ${what}`]] : [];

const counted = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

function named(names: Iterable<string>): string {
  const all = [...names];
  const rest = all.length - MOST_NAMES;
  if (all.length === 0) return "none";
  return `${all.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${formatCount(rest)} more` : ""}`;
}
