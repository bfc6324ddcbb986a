import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { readBest } from "../../tools/run-folder/best-solution.ts";
import { readRun } from "../../tools/run-folder/run-record.ts";
import { readScratchpad } from "../../tools/run-folder/scratchpad.ts";
import { Run } from "../core/candidate.ts";
import { DataUsageCheckerAnswer } from "../core/questions.ts";
import type { RecordedEvent } from "../core/run-event.ts";
import { type AttemptFiles, candidateOf, type Evidence } from "./facts/evidence.ts";

/** A run's events so far; none when it was ended before its first. */
export function runEvents(runFolder: string): RecordedEvent[] {
  const path = join(runFolder, "scratchpad.jsonl");
  return existsSync(path) ? readScratchpad(path) : [];
}

/** Reads all that a report tells from a run's folder. */
export function readEvidence(runsFolder: string, runId: string): Evidence {
  const record = readRun(runsFolder, runId);
  const runFolder = join(runsFolder, runId);
  const events = runEvents(runFolder);
  const card = readBest(runFolder);
  const scored = events.findLast(
    (event) => event.type === "candidate" && card !== null && event.at === candidateOf(card.id),
  );
  const scoredRun = scored?.type === "candidate" ? scored.runId : (card?.runId ?? null);
  const ids = events.flatMap(({ type, at }) => (type === "script" ? [at] : []));
  return {
    record,
    events,
    best: card && { ...card, script: readFileSync(join(runFolder, "best", "solution.py"), "utf8") },
    scoredLog: scoredRun === null ? "" : logOf(join(runFolder, "attempts", scoredRun)),
    attempts: new Map(ids.map((id) => [id, attemptFiles(join(runFolder, "attempts", id), id)])),
    dataUsage: dataUsageAnswers(join(runFolder, "calls"), events),
  };
}

const Result = z.object({ run: Run.pick({ outcome: true, seconds: true, submission: true }) });
const FILES = ["solution.py", "stdout.txt", "stderr.txt", "result.json", "final/submission.csv"];

function attemptFiles(folder: string, id: string): AttemptFiles {
  const size = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  const names = FILES.filter((name) => size(name) > 0);
  const last = (name: string) => (names.includes(name) ? tail(join(folder, name)) : "").trim();
  const weights = id.startsWith("ensemble") ? last("stdout.txt").split("\n") : [];
  return {
    names,
    result: names.includes("result.json")
      ? Result.parse(JSON.parse(readFileSync(join(folder, "result.json"), "utf8"))).run
      : null,
    lastError: last("stderr.txt").split("\n").at(-1)?.trim().slice(0, 300) || null,
    weights: weights.filter((line) => /weights?\b/i.test(line)).slice(0, 5),
  };
}

/** Lines about folds can stand far above the last. */
const LOG_BYTES = 64_000;

function logOf(attemptFolder: string): string {
  const path = join(attemptFolder, "stdout.txt");
  return existsSync(path) ? tail(path, LOG_BYTES) : "";
}

const TAIL_BYTES = 4000;

/** The end of a file that may be large. */
function tail(path: string, most = TAIL_BYTES): string {
  const { size } = statSync(path);
  const bytes = Buffer.alloc(Math.min(size, most));
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
  } finally {
    closeSync(file);
  }
  return bytes.toString("utf8");
}

const DataUsageCall = z.object({ answer: DataUsageCheckerAnswer });

/** What the data-usage checker answered in each track; the scratchpad keeps only that it was asked. */
function dataUsageAnswers(calls: string, events: readonly RecordedEvent[]): Evidence["dataUsage"] {
  return events.flatMap((event) => {
    if (event.type !== "agent" || event.agent !== "data-usage-checker") return [];
    const path = join(calls, `${event.key}.json`);
    if (event.problem !== null || !existsSync(path)) return [];
    const { usesAll, explanation } = DataUsageCall.parse(
      JSON.parse(readFileSync(path, "utf8")),
    ).answer;
    return [{ at: dirname(event.key), usesAll, explanation }];
  });
}
