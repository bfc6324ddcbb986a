import { join } from "node:path";
import { Client } from "@langchain/langgraph-sdk";
import { lockState } from "../../tools/run-folder/run-lock.ts";
import { listRuns } from "../../tools/run-folder/run-record.ts";
import { runEvents } from "../report/read-evidence.ts";

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
  apiUrl: string,
  runsFolder: string,
  startedAt: Date,
): Promise<TakenUp> {
  const client = new Client({ apiUrl });
  for (const { thread_id } of await client.threads.search({ status: "busy", limit: 1000 }))
    for (const { run_id, status, created_at } of await client.runs.list(thread_id, { limit: 1000 }))
      if ((status === "pending" || status === "running") && new Date(created_at) < startedAt)
        await client.runs.delete(thread_id, run_id);
  // A run that the command line began has a name of its own, and stays its own to resume.
  const taken: TakenUp = { resumed: [], waiting: [] };
  for (const { runId, graph } of listRuns(runsFolder)) {
    if (!UUID.test(runId)) continue;
    const lock = lockState(join(runsFolder, runId));
    const isBroken = lock === "abandoned";
    if (lock === "held" || (lock === "free" && !(await isForgotten(client, runsFolder, runId))))
      continue;
    await client.threads.create({ threadId: runId, graphId: graph, ifExists: "do_nothing" });
    if (!isBroken && !(await isAsking(client, runId))) continue;
    await client.runs.create(runId, graph, { input: null });
    taken[isBroken ? "resumed" : "waiting"].push(runId);
  }
  return taken;
}

/** Whether a run that has no result yet is unknown to the server, or known as one that nobody waits for. */
async function isForgotten(client: Client, runsFolder: string, runId: string): Promise<boolean> {
  if (runEvents(join(runsFolder, runId)).some(({ type }) => type === "result")) return false;
  try {
    return (await client.threads.get(runId)).status === "idle";
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 404) return true;
    throw error;
  }
}

async function isAsking(client: Client, runId: string): Promise<boolean> {
  const { tasks } = await client.threads.getState(runId);
  return tasks.some(({ interrupts }) => interrupts.length > 0);
}
