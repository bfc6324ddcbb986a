import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { postgresCheckpoints } from "./postgres-checkpoints.ts";
import { sqliteCheckpoints } from "./sqlite-checkpoints.ts";

export interface Checkpoints {
  saver: BaseCheckpointSaver;
  close(): Promise<void> | void;
}

/** Opens a run's checkpoints: its thread in a database that runs share, or where it has none, a file of its own. */
export async function openCheckpoints(
  shared: { url: string; thread: string } | null,
  file: string,
): Promise<Checkpoints> {
  return shared === null ? sqliteCheckpoints(file) : postgresCheckpoints(shared.url, shared.thread);
}
