import type { Common } from "../src/core/questions.ts";
import { type Notebook, type NotebookEntry, titleOf } from "../src/core/tried-plan.ts";
import { estimateTokens, excerpt, oneLine, tail } from "./excerpt.ts";
import { untrusted } from "./fence.ts";
import { metricInWords } from "./task-card.ts";

const ENTRY_TOKENS = 1200;
const MOST_BEST = 3;
/** Of the latest attempts so many are told with their whole plan. */
const MOST_WHOLE = 4;
const MOST_STUDIES = 2;
const MOST_MEMBERS = 20;

interface Asked extends Pick<Common, "notebook" | "task"> {
  /** What the question shows with its output. */
  base?: { id: string };
  solutions?: readonly { id: string }[];
}

/** The section with the run so far, for agents that choose what is done next; nothing where there is no notebook, or nothing in it. */
export function notebook({ notebook: book, task, base, solutions = [] }: Asked): string {
  if (book === null || book.entries.length === 0) return "";
  const parts = [
    `Scores are ${metricInWords(task)}; ± is a standard error.${noise(book)}`,
    ...blend(book),
    ...members(book),
    entries(book, task.direction === "minimize" ? 1 : -1),
    ...studies(book),
    ...best(
      book,
      [...(base === undefined ? [] : [base]), ...solutions].map(({ id }) => id),
    ),
  ];
  return `
# Notebook: the run so far, over all tracks
${parts.join("\n")}
`;
}

/** A number as it is worth telling: four figures. */
const figure = (value: number): string => `${Number(value.toPrecision(4))}`;

const withError = (value: number, error: number | null): string =>
  error === null ? figure(value) : `${figure(value)} ± ${Number(error.toPrecision(2))}`;

const noise = ({ best: leader }: Notebook): string =>
  leader?.error == null
    ? ""
    : ` Two scores that differ by less than about ${Number(leader.error.toPrecision(2))} may be equal, unless a gain says it more exactly.`;

const blend = ({ blend: made }: Notebook): string[] =>
  made === null
    ? []
    : [
        `The program's blend of all members: ${withError(made.score, made.error)}; weights: ${made.weights
          .map(({ name, weight }) => `${oneLine(name, 60)} ${weight.toFixed(2)}`)
          .join(", ")}.`,
      ];

/** Those of one attempt together. */
function members({ members: all }: Notebook): string[] {
  if (all.length === 0) return [];
  const shown = all.toSorted((a, b) => a.number - b.number).slice(-MOST_MEMBERS);
  const lines = [...Map.groupBy(shown, ({ at }) => at)].map(
    ([at, left]) =>
      `${at}: ${left.map(({ name, score }) => `${oneLine(name, 60)} ${figure(score)}`).join(", ")}`,
  );
  const more = all.length - shown.length;
  return [
    `Members, by the number of their folder in ./input/members/, their score alone, and the attempt that left them: ${lines.join("; ")}${more > 0 ? ` and ${more} earlier ones` : ""}.`,
  ];
}

/** The best and then the latest, the last few with their whole plan and the others by its title; those that find no room are counted. */
function entries({ entries: all }: Notebook, sign: number): string {
  const leading = all
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)))
    .slice(0, MOST_BEST);
  const latest = all.slice(-MOST_WHOLE);
  const rest = all.filter((one) => !leading.includes(one)).toReversed();
  let room = ENTRY_TOKENS;
  const fitting = (some: readonly NotebookEntry[]) =>
    some.flatMap((one) => {
      const told = entry(one, latest.includes(one) && estimateTokens(one.idea) <= room / 2);
      const tokens = estimateTokens(told);
      if (tokens > room) return [];
      room -= tokens;
      return [told];
    });
  const [first, others] = [fitting(leading), fitting(rest)];
  const left = all.length - first.length - others.length;
  return [
    "Attempts, the best first (plan; score, against what it was made from, what the run's result gained by it):",
    ...first,
    ...(others.length > 0 ? ["and the others, the latest first:", ...others] : []),
    ...(left > 0 ? [`(${left} more ${left === 1 ? "attempt" : "attempts"} left out)`] : []),
  ].join("\n");
}

const entry = ({ at, idea, ...ended }: NotebookEntry, isWhole: boolean): string =>
  `- ${at}: ${isWhole ? idea.replaceAll(/\s+/g, " ") : titleOf(idea)} (${ending(ended)})`;

function ending(ended: Omit<NotebookEntry, "at" | "idea">): string {
  const { score, error, gain, blendGain, seconds, problem } = ended;
  const time = seconds === null ? [] : [`${Math.round(seconds)} s`];
  if (score === null)
    return ["does not count", ...time, oneLine(problem ?? "no score", 160)].join("; ");
  const parts = [
    withError(score, error),
    ...(gain === null ? [] : [change(gain)]),
    ...(blendGain === null || blendGain <= 0 ? [] : [`the result gained ${figure(blendGain)}`]),
    ...time,
  ];
  return parts.join("; ");
}

const change = ({ gain, error }: { gain: number; error: number | null }): string =>
  `${gain < 0 ? "worse" : "better"} by ${withError(Math.abs(gain), error)}`;

const studies = ({ studies: all }: Notebook): string[] =>
  all
    .slice(-MOST_STUDIES)
    .toReversed()
    .map(({ at, summary }) => `Ablation at ${at}: ${excerpt(summary.trim(), 150)}`);

function best({ best: leader }: Notebook, shown: readonly string[]): string[] {
  if (leader === null) return [];
  const { at, title, score, error, folds, output } = leader;
  const each = folds.map((fold) => (fold === null ? "none" : figure(fold))).join(", ");
  const told = `The best script: ${at}, ${oneLine(title, 120)}, ${withError(score, error)}${each === "" ? "" : `; by fold: ${each}`}.`;
  if (shown.includes(at) || output === "") return [told];
  return [`${told} Its output ended:`, untrusted("output", tail(output, 350))];
}
