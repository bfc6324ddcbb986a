import { join } from "node:path";
import { Client } from "@langchain/langgraph-sdk";
import { readEvents } from "../record/event-log.ts";
import { Ledger } from "../record/ledger.ts";
import { lockState } from "../record/run-lock.ts";
import { listRuns } from "../record/run-record.ts";
import { runOfThread } from "./thread.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Runs that a killed server left, by id. */
interface TakenUp {
  /** It was working on them: they go on. */
  resumed: string[];
  /** They waited for an answer, and wait again. */
  waiting: string[];
}

/**
 * Clears what a killed server left: its unfinished requests, which would block their threads for ever; takes the runs up
 * that it was working on, and shows those again that it forgot to wait for an answer.
 */
export async function takeUpAfterCrash(
  server: { url: string; token: string | null },
  runsFolder: string,
  startedAt: Date,
): Promise<TakenUp> {
  const client = new Client({ apiUrl: server.url, apiKey: server.token });
  for (const { thread_id } of await client.threads.search({ status: "busy", limit: 1000 }))
    for (const { run_id, status, created_at } of await client.runs.list(thread_id, { limit: 1000 }))
      if ((status === "pending" || status === "running") && new Date(created_at) < startedAt)
        await client.runs.delete(thread_id, run_id);
  // A run that the command line began has a name of its own, and stays its own to resume.
  const taken: TakenUp = { resumed: [], waiting: [] };
  for (const { runId: thread, graph } of listRuns(runsFolder)) {
    if (!UUID.test(thread)) continue;
    const lock = lockState(join(runsFolder, runOfThread(runsFolder, thread)));
    const isBroken = lock === "abandoned";
    if (lock === "held" || (lock === "free" && !(await isForgotten(client, runsFolder, thread))))
      continue;
    await client.threads.create({ threadId: thread, graphId: graph, ifExists: "do_nothing" });
    if (!isBroken && !(await isAsking(client, thread))) continue;
    await client.runs.create(thread, graph, { input: null });
    taken[isBroken ? "resumed" : "waiting"].push(thread);
  }
  return taken;
}

/** Whether a run that has no result yet is unknown to the server, or known as one that nobody waits for. */
async function isForgotten(client: Client, runsFolder: string, thread: string): Promise<boolean> {
  const events = readEvents(join(runsFolder, runOfThread(runsFolder, thread), "scratchpad.jsonl"));
  if (Ledger.of(events).result !== null) return false;
  try {
    return (await client.threads.get(thread)).status === "idle";
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 404) return true;
    throw error;
  }
}

async function isAsking(client: Client, runId: string): Promise<boolean> {
  const { tasks } = await client.threads.getState(runId);
  return tasks.some(({ interrupts }) => interrupts.length > 0);
}
