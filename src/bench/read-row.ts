import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MleStarError } from "../core/errors.ts";
import { ofType } from "../record/event.ts";
import { readEvents } from "../record/event-log.ts";
import { stateOf } from "../record/history.ts";
import { Ledger } from "../record/ledger.ts";
import { type Row, reportedBy } from "./row.ts";

/** Whether there is nothing more to be done for a run. */
export const isOver = ({ status }: Row): boolean => status !== "failed";

/** A run's row before it is graded; `told` is the last that its process said, where that was kept. */
export function readRow(
  run: string,
  { task: name, seed }: { task: string; seed: number },
  told: string | null,
): Row {
  const row: Row = {
    ...{ task: name, seed, run, status: "failed", problem: told },
    ...{ metric: null, direction: null, hidden: null, reported: null, inside: null },
    ...{ medal: null, aboveMedian: null, seconds: null, tokens: null, usd: null },
  };
  try {
    const events = readEvents(join(run, "scratchpad.jsonl"));
    const state = stateOf(events);
    const { result, task, secondsWorked } = Ledger.of(events);
    row.problem ??= ofType(events, "closed").at(-1)?.problem ?? `the run is ${state}`;
    if (events.length > 0) row.seconds = secondsWorked;
    row.metric = task?.metric ?? null;
    row.direction = task?.direction ?? null;
    if (result === null) return row;
    const { seconds, tokens, costUsd: usd } = result;
    const ended = { ...row, seconds, tokens, usd, reported: reportedBy(result) };
    return result.score === null
      ? { ...ended, status: "no solution", problem: row.problem }
      : { ...ended, status: "done", problem: null };
  } catch (error) {
    // One record that cannot be read is a row with its reason.
    if (!(error instanceof MleStarError)) throw error;
    return { ...row, problem: error.message };
  }
}

/** The last that a process said in its log: of a defect its first line, not where it came from. */
export function lastWords(log: string): string | null {
  if (!existsSync(log)) return null;
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines.findLast((line) => /^\S/.test(line) && !line.startsWith("$ ")) ?? null;
}
