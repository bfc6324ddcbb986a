import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { BaseCheckpointSaver, CheckpointTuple } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { readEvents } from "../record/event-log.ts";
import { continueFolder } from "../record/fork-folder.ts";
import { createRun, readRun } from "../record/run-record.ts";

/** Ids of a thread's runs, oldest first: the thread's own name, and that name with a number for every fork of it. */
function runsOfThread(runsFolder: string, thread: string): string[] {
  if (!existsSync(runsFolder)) return [];
  const numberOf = (name: string) => Number(name.slice(thread.length + 1) || 1);
  return readdirSync(runsFolder)
    .filter((name) => name === thread || /^\.\d+$/.test(name.slice(thread.length)))
    .filter((name) => name.startsWith(thread) && existsSync(join(runsFolder, name, "run.json")))
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

/** The run that a thread is at; the thread's own name where it has none yet. */
export const runOfThread = (runsFolder: string, thread: string): string =>
  runsOfThread(runsFolder, thread).at(-1) ?? thread;

const Values = z.object({ seen: z.number().default(0) });

/** How many events a checkpoint's state had taken in. */
export const seenBy = (tuple: CheckpointTuple | undefined): number =>
  Values.parse(tuple?.checkpoint.channel_values ?? {}).seen;

/** The state from which a thread is to go on otherwise than it did: one that a person edited, or an earlier one; null where it simply goes on. */
async function turnedBackTo(
  saver: BaseCheckpointSaver,
  thread: string,
  checkpointId: string | undefined,
): Promise<CheckpointTuple | null> {
  const newest = (await saver.list({ configurable: { thread_id: thread } }, { limit: 1 }).next())
    .value;
  const isEarlier = checkpointId !== undefined && checkpointId !== newest?.checkpoint.id;
  const from = isEarlier
    ? await saver.getTuple({
        configurable: { thread_id: thread, checkpoint_ns: "", checkpoint_id: checkpointId },
      })
    : newest;
  if (from === undefined || (!isEarlier && from.metadata?.source !== "update")) return null;
  return from;
}

/** The run that a thread goes on with: its own, or, from an edited or an earlier state, a new one upon what had happened until then. */
export async function runToGoOnWith(
  runsFolder: string,
  thread: string,
  saver: BaseCheckpointSaver,
  checkpointId: string | undefined,
): Promise<string> {
  const before = runOfThread(runsFolder, thread);
  const to = await turnedBackTo(saver, thread, checkpointId);
  const record = readRun(runsFolder, before);
  const checkpoint = to?.checkpoint.id ?? null;
  // A run that waits for an answer has not gone on from where it began.
  const isThere = checkpointId === undefined && record.fork?.checkpoint === checkpoint;
  if (to === null || isThere) return before;
  const source = join(runsFolder, before);
  const runId = `${thread}.${runsOfThread(runsFolder, thread).length + 1}`;
  const events = readEvents(join(source, "scratchpad.jsonl")).slice(0, seenBy(to));
  const from = events.at(-1)?.at ?? "";
  const change = checkpointId === undefined ? "an edited state" : "another go";
  const fork = { runId: before, from, change, checkpoint };
  const forked = { ...record, runId, thread, createdAt: new Date().toISOString(), fork };
  const names = { runId, from: before };
  createRun(runsFolder, forked, (folder) => continueFolder(source, folder, events, names));
  return runId;
}
