import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
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
  if (shared === null) return sqliteCheckpoints(file);
  const { postgresCheckpoints } = await import("./postgres-checkpoints.ts");
  return postgresCheckpoints(shared.url, shared.thread);
}
