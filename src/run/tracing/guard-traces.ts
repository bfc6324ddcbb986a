import { setTimeout } from "node:timers/promises";
import { LangChainTracer } from "@langchain/core/tracers/tracer_langchain";
import { RunTree } from "langsmith";
import type { Redact } from "../../core/words/redact.ts";

/** How long the end of the program may wait for traces on their way. */
const PATIENCE_MS = 3000;

/** The clients that LangChain and LangSmith make for themselves: all that traces leave by. */
const clients = () =>
  [new LangChainTracer().client, RunTree.getSharedClient()].filter(
    (client, index, all) => all.indexOf(client) === index,
  );
type Client = ReturnType<typeof clients>[number];

const guarded = new WeakSet<object>();
const redactors = new Map<string, Redact>();

/** Nothing leaves as a trace from now on but what the redactor has gone over; those of several names add up. */
export function guardTraces(name: string, redact: Redact): void {
  redactors.set(name, redact);
  for (const client of clients()) if (!guarded.has(client)) guard(client);
}

function guard(client: Client): void {
  guarded.add(client);
  const redacted: Redact = (run) =>
    [...redactors.values()].reduce((left, redact) => redact(left), run);
  const create = client.createRun.bind(client);
  const update = client.updateRun.bind(client);
  client.createRun = (run, options) => create(redacted(paused(run)), options);
  client.updateRun = (id, run, options) => update(id, redacted(paused(run)), options);
}

/** LangGraph stops for a person by an error whose text is all that was asked, hidden or not: a few words do. */
const paused = <Run extends { error?: string | undefined }>(run: Run): Run =>
  run.error?.includes("GraphInterrupt: ") === true
    ? { ...run, error: "GraphInterrupt: the run waits for an answer" }
    : run;

/** Waits for traces on their way, for a few seconds at most; an endpoint out of reach delays nothing beyond. */
export async function flushTraces(): Promise<void> {
  const sent = Promise.all(
    clients().map((client) =>
      "awaitPendingTraceBatches" in client ? client.awaitPendingTraceBatches() : null,
    ),
  );
  await Promise.race([sent, setTimeout(PATIENCE_MS)]);
}
