import {
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import type { RecordedEvent } from "../../src/core/run-event.ts";
import { writeAtomically } from "../write-atomically.ts";
import { Call } from "./call-journal.ts";

/** What a fork does otherwise than the run it comes from; a model takes over from the step on. */
export type Change = { plan: string } | { script: string } | { model: string };

/** Which agents write a script of their own, and which a plan, at the step that is named after it. */
const SCRIPT_WRITERS = ["initializer", "merger", "coder", "ensembler", "submitter"];
const PLAN_WRITERS = ["planner", "ensemble-planner"];

/** The step that an attempt belongs to: its corrections and repetitions are the same step. */
export const stepOf = (attemptId: string) =>
  attemptId.replace(/~\d+$/, "").replace(/\/debug-\d+$/, "");

/**
 * Fills a fork's folder: finished scripts and calls of the run it comes from are there as if they were its own, so that it
 * gets to the step in no time and for nothing; there it finds the changed answer.
 */
export function forkFolder(
  source: string,
  target: string,
  events: readonly RecordedEvent[],
  from: string,
  change: Change,
): void {
  const step = stepOf(from);
  if (!events.some(({ at }) => stepOf(at) === step)) throw unknownStep(from, events);
  copy(join(source, "attempts"), join(target, "attempts"));
  copy(join(source, "calls"), join(target, "calls"));
  for (const path of filesBelow(join(target, "calls"))) {
    const call = Call.parse(JSON.parse(readFileSync(path, "utf8")));
    // What the fork did not spend does not count against it.
    writeCall(path, { ...call, seconds: 0, usage: null });
  }
  if ("model" in change) forgetCallsFrom(step, events, join(target, "calls"));
  else changeAnswer(step, change, join(target, "calls"));
}

const writeCall = (path: string, call: Call) =>
  writeAtomically(path, `${JSON.stringify(call, null, 2)}\n`);

/** Everything but links, which lead into the run it comes from. */
function copy(from: string, to: string): void {
  if (!existsSync(from)) return;
  const filter = (path: string) => !lstatSync(path).isSymbolicLink();
  cpSync(from, to, { recursive: true, filter, mode: constants.COPYFILE_FICLONE });
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}

function forgetCallsFrom(step: string, events: readonly RecordedEvent[], calls: string): void {
  const begins = events.findIndex(({ at }) => stepOf(at) === step);
  const before = new Set(events.slice(0, begins).map(({ key }) => join(calls, `${key}.json`)));
  for (const path of filesBelow(calls)) if (!before.has(path)) rmSync(path);
}

function changeAnswer(step: string, change: Exclude<Change, { model: string }>, calls: string) {
  const answersOf = (place: string, agents: readonly string[]) =>
    filesBelow(join(calls, place))
      .map((path) => ({ path, call: Call.parse(JSON.parse(readFileSync(path, "utf8"))) }))
      .filter(({ call }) => call.at === place && agents.includes(call.agent));
  const changed = answersOf(step, "plan" in change ? PLAN_WRITERS : SCRIPT_WRITERS);
  const answer = "plan" in change ? change.plan : fenced(change.script);
  for (const { path, call } of changed) writeCall(path, { ...call, answer, problem: undefined });
  // The first plan of a refinement step is the extractor's, told together with the block.
  const parent = step.replace(/\/attempt-1$/, "");
  const first = "plan" in change && parent !== step ? answersOf(parent, ["extractor"]) : [];
  for (const { path, call } of first)
    if (typeof call.answer === "object" && call.answer !== null)
      writeCall(path, { ...call, answer: { ...call.answer, plan: answer }, problem: undefined });
  if (changed.length + first.length === 0)
    throw new SettingsError(
      "plan" in change
        ? `--plan: no plan was made at ${step}; name an attempt of a refinement, or an ensemble's round after the first`
        : `--script: no script was written at ${step}; name a model, a merge, an attempt, a round or a submission`,
    );
}

const fenced = (script: string) => {
  const runs = [...script.matchAll(/`{3,}/g)].map(([run]) => run.length + 1);
  const fence = "`".repeat(Math.max(3, ...runs));
  return `${fence}python\n${script.trim()}\n${fence}`;
};

function unknownStep(from: string, events: readonly RecordedEvent[]): SettingsError {
  const steps = events.flatMap(({ type, at }) => (type === "candidate" ? [at] : []));
  return new SettingsError(
    `--from ${from}: the run has no such step; it has ${[...new Set(steps)].join(", ") || "none yet"}`,
  );
}
