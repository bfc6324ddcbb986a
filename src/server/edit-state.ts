import { join } from "node:path";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { completeTask } from "../core/complete-task.ts";
import { memoryLog, readEvents } from "../record/event-log.ts";
import { journalOf } from "../record/journal.ts";
import { readmitRun } from "../run/admission.ts";
import { graphNamed } from "../run/graphs-by-name.ts";
import { NO_PORTS } from "./no-ports.ts";
import { runOfThread, seenBy } from "./thread.ts";

const Edited = z.object({ configurable: z.looseObject({ thread_id: z.string() }) });

/**
 * Puts a person's values into a state: what comes next is decided as the run would, by its settings and what had happened
 * until then. Nothing is written but the checkpoint.
 */
export async function editState(
  runsFolder: string,
  saver: BaseCheckpointSaver,
  config: RunnableConfig,
  values: unknown,
  asNode: string | undefined,
): Promise<RunnableConfig> {
  const { thread_id: thread } = Edited.parse(config).configurable;
  const runId = runOfThread(runsFolder, thread);
  const { record, reading } = await readmitRun(runId, runsFolder);
  const { settings, workbench } = record;
  const events = readEvents(join(runsFolder, runId, "scratchpad.jsonl"));
  const journal = journalOf(memoryLog(events.slice(0, seenBy(await saver.getTuple(config)))));
  const prepared = () => {
    if (workbench === null) throw new Error(`run ${runId} was never opened`);
    const { draft } = reading;
    return {
      draft,
      workbench,
      ground: journal.ledger.ground,
      task: completeTask({ ...draft, ...journal.ledger.task }),
    };
  };
  // What goes on from here is another run, with all that its caps allow.
  const ports = { ...NO_PORTS, settings, journal, prepared, budget: () => null };
  const graph = graphNamed(record.graph, ports);
  graph.checkpointer = saver;
  return graph.updateState(config, values, asNode);
}
