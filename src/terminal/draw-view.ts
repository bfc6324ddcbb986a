import { styleText } from "node:util";
import sliceAnsi from "slice-ansi";
import stringWidth from "string-width";
import { placeName } from "../report/facts/place.ts";
import { drawBranch } from "./draw-branch.ts";
import { formatChange, formatCount, formatScore, formatSeconds, formatUsd } from "./format.ts";
import type { RunView } from "./run-view.ts";
import { oneLine } from "./visible.ts";

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
  const { branches } = view;
  const beside = Math.max(
    1,
    Math.min(branches.length, Math.floor((columns + GAP) / (LEAST_WIDTH + GAP))),
  );
  const width = Math.floor((columns - GAP * (beside - 1)) / beside);
  const boxes = branches.map((branch) => drawBranch(branch, view.limitSeconds, now));
  const blocks = Array.from({ length: Math.ceil(boxes.length / beside) }, (_, row) =>
    besideEachOther(boxes.slice(row * beside, (row + 1) * beside), width),
  );
  const worked = view.spent.seconds + Math.max(0, now - view.lastEventAt) / 1000;
  const footer = [progress(view, worked, columns), spending(view, worked)];
  const room = Math.max(0, rows - footer.length - 3);
  const top = ["", head(view, columns), ...blocks.flat()].slice(0, room + 2);
  return [...top, ...footer].map((line) => sliceAnsi(line, 0, columns));
}

/** The task and the best score; a long name gives way to it. */
function head(view: RunView, columns: number): string {
  const told = standing(view);
  const name = oneLine(view.task);
  const room = Math.max(SHORT_NAME, columns - stringWidth(told) - GAP);
  const shown = stringWidth(name) <= room ? name : `${sliceAnsi(name, 0, room - 1)}…`;
  return `${styleText("bold", shown)}  ${told}`;
}

function standing({ metric, direction, best }: RunView): string {
  if (metric === null) return "";
  const measure = oneLine(metric);
  if (best === null)
    return `${measure}: no score yet, ${direction === "minimize" ? "lower" : "higher"} is better`;
  const change =
    best.previous === null
      ? "the first"
      : styleText("green", formatChange(best.previous, best.score, direction));
  const score = styleText(["bold", "green"], formatScore(best.score));
  return `best ${measure} ${score}, ${change}, by ${placeName(best.at)}`;
}

const besideEachOther = (boxes: readonly string[][], width: number): string[] =>
  Array.from({ length: Math.max(...boxes.map((box) => box.length)) }, (_, line) =>
    boxes
      .map((box) => {
        const text = sliceAnsi(box[line] ?? "", 0, width);
        return text + " ".repeat(Math.max(0, width - stringWidth(text)));
      })
      .join(" ".repeat(GAP))
      .trimEnd(),
  );

/** A bar over the scripts done and foreseen, with the time they may still take. */
function progress({ estimate, caps }: RunView, worked: number, columns: number): string {
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
  const share = estimate.done / Math.max(1, estimate.done + estimate.left);
  const full = Math.round(share * width);
  return `${styleText("cyan", "━".repeat(full))}${styleText("dim", "─".repeat(width - full))}  ${told}`;
}

function spending({ spent, calls, caps, model }: RunView, worked: number): string {
  const of = (used: string, cap: number | null, text: (value: number) => string) =>
    cap === null ? used : `${used} of ${text(cap)}`;
  const parts = [
    `${of(formatCount(spent.scriptRuns), caps.scriptRuns, formatCount)} scripts`,
    `${formatCount(calls)} calls`,
  ];
  if (caps.scriptSeconds !== null)
    parts.push(
      `${of(formatSeconds(spent.scriptSeconds), caps.scriptSeconds, formatSeconds)} of scripts`,
    );
  if (spent.tokens > 0)
    parts.push(`${of(formatCount(spent.tokens), caps.tokens, formatCount)} tokens`);
  if (spent.usd > 0) parts.push(of(formatUsd(spent.usd), caps.usd, formatUsd));
  if (worked < 5 || model !== "offline") parts.push(oneLine(model));
  return styleText("dim", parts.join(" · "));
}
