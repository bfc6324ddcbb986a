import { styleText } from "node:util";
import sliceAnsi from "slice-ansi";
import stringWidth from "string-width";
import { type Caps, NO_CAPS } from "../../core/caps.ts";
import { leadersOf } from "../../record/history.ts";
import type { Ledger } from "../../record/ledger.ts";
import { formatChange, formatCount, formatSeconds, formatUsd } from "../../report/format.ts";
import { padded } from "../../report/padded.ts";
import { scoreText } from "../../report/score-in-words.ts";
import { oneLine } from "../../report/visible.ts";
import { bar } from "./bar.ts";
import { drawBranch } from "./draw-branch.ts";
import { type Estimate, estimateEnd } from "./estimate-end.ts";
import type { RunView } from "./run-view.ts";

export interface Screen {
  columns: number;
  rows: number;
}

const LEAST_WIDTH = 36;
const GAP = 2;
/** What of a task's name is always shown. */
const SHORT_NAME = 12;

/** The live display's lines: none longer than the screen is wide, never more than it is high. */
export function drawView(view: RunView, { columns, rows }: Screen, now: number): string[] {
  const { branches, ledger, plan } = view;
  const beside = Math.max(
    1,
    Math.min(branches.length, Math.floor((columns + GAP) / (LEAST_WIDTH + GAP))),
  );
  const width = Math.floor((columns - GAP * (beside - 1)) / beside);
  const blocks = Array.from({ length: Math.ceil(branches.length / beside) }, (_, row) => {
    const boxes = branches
      .slice(row * beside, (row + 1) * beside)
      .map((branch) => drawBranch(branch, view, now).map((line) => sliceAnsi(line, 0, width)));
    return padded(boxes[0]?.map((_, line) => boxes.map((box) => box[line] ?? "")) ?? [], width);
  });
  const worked = ledger.secondsWorked + Math.max(0, now - view.lastEventAt) / 1000;
  const caps = plan?.caps ?? NO_CAPS;
  const estimate = plan && ledger.run && estimateEnd(ledger, ledger.run.settings, plan);
  const footer = [progress(estimate, caps, worked, columns), spending(ledger, caps, worked)];
  const room = Math.max(0, rows - footer.length - 3);
  const top = ["", head(ledger, columns), ...blocks.flat()].slice(0, room + 2);
  return [...top, ...footer].map((line) => sliceAnsi(line, 0, columns));
}

/** The task and the best score; a long name gives way to it. */
function head(ledger: Ledger, columns: number): string {
  const told = standing(ledger);
  const name = oneLine(ledger.run?.task ?? "");
  const room = Math.max(SHORT_NAME, columns - stringWidth(told) - GAP);
  const shown = stringWidth(name) <= room ? name : `${sliceAnsi(name, 0, room - 1)}…`;
  return `${styleText("bold", shown)}  ${told}`;
}

function standing(ledger: Ledger): string {
  const { task, direction } = ledger;
  if (task === null) return "";
  const measure = oneLine(task.metric);
  const lead = leadersOf(ledger).at(-1);
  if (lead === undefined)
    return `${measure}: no score yet, ${direction === "minimize" ? "lower" : "higher"} is better`;
  const { score, previous, attempt } = lead;
  const told = previous === null ? "the first" : formatChange(previous, score, direction);
  const best = styleText(["bold", "green"], scoreText(score, attempt, ledger.ground));
  return `best ${measure} ${best}, ${styleText("green", told)}, by ${attempt.place.words}`;
}

/** A bar over the scripts done and foreseen, with the time they may still take. */
function progress(estimate: Estimate | null, caps: Caps, worked: number, columns: number): string {
  const capLeft = caps.seconds === null ? null : Math.max(0, caps.seconds - worked);
  const times = [formatSeconds(worked)];
  if (estimate?.secondsLeft != null) {
    const left = Math.min(estimate.secondsLeft, capLeft ?? Number.POSITIVE_INFINITY);
    times.push(`about ${formatSeconds(left)} left`);
  }
  if (capLeft !== null) times.push(`${formatSeconds(capLeft)} of the time cap left`);
  const told = times.join(" · ");
  const width = Math.min(30, columns - told.length - 3);
  if (estimate === null || width < 8) return told;
  return `${bar(estimate.done / Math.max(1, estimate.done + estimate.left), width)}  ${told}`;
}

function spending({ spent, calls, run }: Ledger, caps: Caps, worked: number): string {
  const model = run?.model ?? "";
  const of = (name: keyof Caps, text: (value: number) => string, what: string) => {
    const [used, cap] = [text(spent[name]), caps[name]];
    return [`${used}${cap === null ? "" : ` of ${text(cap)}`}${what}`];
  };
  const parts = [
    ...of("scriptRuns", formatCount, " scripts"),
    `${formatCount(calls.length)} calls`,
    ...(caps.scriptSeconds === null ? [] : of("scriptSeconds", formatSeconds, " of scripts")),
    ...(spent.tokens > 0 ? of("tokens", formatCount, " tokens") : []),
    ...(spent.usd > 0 ? of("usd", formatUsd, "") : []),
  ];
  if (worked < 5 || model !== "offline") parts.push(oneLine(model));
  return styleText("dim", parts.join(" · "));
}
