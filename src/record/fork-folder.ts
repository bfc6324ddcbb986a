import { constants, cpSync, existsSync, lstatSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../core/errors.ts";
import { Place } from "../core/place.ts";
import { fenceAround } from "../core/words/fence-around.ts";
import type { EventOf, RecordedEvent } from "./event.ts";
import { keyOf } from "./journal.ts";
import { NodeSqlite } from "./node-sqlite.ts";

/** What a fork does otherwise than the run it comes from; a model takes over from the step on. */
export type Change = { plan: string } | { script: string } | { model: string };

/** Which agents write a script of their own, and which a plan, at the step that is named after it. */
const SCRIPT_WRITERS = ["initializer", "merger", "coder", "ensembler", "submitter"];
const PLAN_WRITERS = ["planner", "ensemble-planner"];

/** The effects of the run it comes from that a fork need not pay for again; its choices it makes for itself. */
const SHARED: readonly RecordedEvent["type"][] = [
  ...(["call", "search", "page", "script", "measurement", "review"] as const),
];

/** The file of a fork's folder that holds what it may take over. */
export const INHERITED = "inherited.jsonl";

/**
 * Fills a fork's folder with all that the run it comes from did, as far as it is the same: it gets to the step in no time
 * and for nothing, and finds the changed answer there.
 */
export function forkFolder(
  source: string,
  target: string,
  events: readonly RecordedEvent[],
  from: string,
  change: Change,
): void {
  const step = Place.parse(from).step.text;
  const begins = events.findIndex(({ at }) => Place.parse(at).step.text === step);
  if (begins === -1) throw unknownStep(from, events);
  const shared = events.filter(({ type }) => SHARED.includes(type));
  const asked = events.slice(0, begins);
  const inherited =
    "model" in change
      ? // Another model answers for itself; a script is the same whoever wrote it.
        shared.filter((event) => event.type === "script" || asked.includes(event))
      : changed(shared, step, change);
  copyAttempts(source, target);
  writeLines(join(target, INHERITED), inherited);
}

/**
 * Fills the folder of a run that goes on from an earlier point of another: what happened up to there, it shares, event by
 * event, so that states still say how many of them they had taken in.
 */
export function continueFolder(
  source: string,
  target: string,
  events: readonly RecordedEvent[],
  { runId, from }: { runId: string; from: string },
): void {
  copyAttempts(source, target);
  copyCheckpoints(join(source, "checkpoints.sqlite"), join(target, "checkpoints.sqlite"));
  const shared = events.filter(({ type }) => type !== "result");
  writeLines(
    join(target, "scratchpad.jsonl"),
    // No work of this run went by before it was opened.
    shared.map((event) => ({
      ...(event.type === "run" ? { ...event, runId } : event),
      elapsed: 0,
      sharedFrom: event.sharedFrom ?? from,
    })),
  );
}

const writeLines = (path: string, events: readonly RecordedEvent[]) =>
  writeFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));

/** Everything but links, which lead into the run it comes from. */
function copyAttempts(source: string, target: string): void {
  const filter = (path: string) => !lstatSync(path).isSymbolicLink();
  const options = { recursive: true, filter, mode: constants.COPYFILE_FICLONE };
  if (existsSync(join(source, "attempts")))
    cpSync(join(source, "attempts"), join(target, "attempts"), options);
}

/** As they are at one moment, whoever has the file open. */
function copyCheckpoints(from: string, to: string): void {
  if (!existsSync(from)) return;
  const database = new NodeSqlite(from);
  try {
    database.prepare("VACUUM INTO ?").run(to);
  } finally {
    database.close();
  }
}

/** The same events with the changed answer at the step, and the person's word on it that the change is. */
function changed(
  events: readonly RecordedEvent[],
  step: string,
  change: Exclude<Change, { model: string }>,
): RecordedEvent[] {
  let found = 0;
  const parent = Place.parse(step).parent?.text ?? "";
  const isFirst = Place.parse(step).name === "attempt" && Place.parse(step).number === 1;
  const told = events.map((event): RecordedEvent => {
    if (event.type !== "call") return event;
    const { at, agent, answer } = event;
    const writes = "plan" in change ? PLAN_WRITERS : SCRIPT_WRITERS;
    if (at === step && writes.includes(agent)) {
      found += 1;
      if (!("plan" in change)) return { ...event, answer: fenced(change.script), problem: null };
      return { ...event, answer: withPlan(answer, change.plan), problem: null };
    }
    // The first plan of a refinement step is the extractor's, told together with the block.
    const isPlan = "plan" in change && isFirst && at === parent && agent === "extractor";
    if (!isPlan || answer === null) return event;
    found += 1;
    return { ...event, answer: withPlan(answer, change.plan), problem: null };
  });
  if (found === 0) throw nothingToChange(step, change);
  const proposed = "plan" in change ? { plan: change.plan } : { script: change.script.trim() };
  const accepted = told.flatMap((event): RecordedEvent[] => {
    if (event.type !== "review" || event.at !== step || event.subject === "models") return [];
    const key = keyOf({ at: step, name: "review", parts: proposed });
    return [{ ...event, key, proposed, answer: { type: "accept" } }];
  });
  return [...told, ...accepted];
}

/** A plan in prose, or in the data that tell more of it. */
const withPlan = (answer: EventOf<"call">["answer"], plan: string) =>
  typeof answer === "object" && answer !== null && !Array.isArray(answer)
    ? { ...answer, plan }
    : plan;

const fenced = (script: string) => {
  const fence = fenceAround(script);
  return `${fence}python\n${script.trim()}\n${fence}`;
};

const nothingToChange = (step: string, change: Change) =>
  new SettingsError(
    "plan" in change
      ? `--plan: no plan was made at ${step}; name an attempt of a refinement, or an ensemble's round after the first`
      : `--script: no script was written at ${step}; name a model, a merge, an attempt, a round or a submission`,
  );

function unknownStep(from: string, events: readonly RecordedEvent[]): SettingsError {
  const steps = events.flatMap(({ type, at }) => (type === "candidate" ? [at] : []));
  return new SettingsError(
    `--from ${from}: the run has no such step; it has ${[...new Set(steps)].join(", ") || "none yet"}`,
  );
}
