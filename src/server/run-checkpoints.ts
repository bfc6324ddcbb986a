import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from "@langchain/langgraph-checkpoint";
import { type Checkpoints, openCheckpoints } from "../../tools/checkpoints/open-checkpoints.ts";
import { ToolError } from "../core/errors.ts";
import { readRun } from "../record/run-record.ts";
import { runOfThread } from "./thread.ts";

/**
 * The checkpoints of every run of a folder, by thread: a thread is at the newest of its runs. A thread without a run has none. The
 * server looks at states through it; a run itself writes through its own.
 */
export class RunCheckpoints extends BaseCheckpointSaver {
  readonly #runsFolder: string;
  readonly #open = new Map<string, Promise<Checkpoints>>();

  constructor(runsFolder: string) {
    super();
    this.#runsFolder = runsFolder;
  }

  async #of(threadId: unknown): Promise<BaseCheckpointSaver | null> {
    if (typeof threadId !== "string" || !/^[\w.-]+$/.test(threadId)) return null;
    const runId = runOfThread(this.#runsFolder, threadId);
    const known = this.#open.get(runId);
    if (known !== undefined) return (await known).saver;
    if (!existsSync(join(this.#runsFolder, runId, "run.json"))) return null;
    const { checkpoints } = readRun(this.#runsFolder, runId);
    const file = join(this.#runsFolder, runId, "checkpoints.sqlite");
    if (checkpoints === null && !existsSync(file)) return null;
    const opening = openCheckpoints(checkpoints, file);
    this.#open.set(runId, opening);
    // A database that is away now may be there at the next look.
    opening.catch(() => this.#open.delete(runId));
    return (await opening).saver;
  }

  async #written({ configurable }: RunnableConfig): Promise<BaseCheckpointSaver> {
    const saver = await this.#of(configurable?.["thread_id"]);
    if (saver === null)
      throw new ToolError(
        `thread ${String(configurable?.["thread_id"])}: it has no run yet; start one with an input first`,
      );
    return saver;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    return (await this.#of(config.configurable?.["thread_id"]))?.getTuple(config);
  }

  async *list(
    config: RunnableConfig,
    options?: CheckpointListOptions,
  ): AsyncGenerator<CheckpointTuple> {
    const saver = await this.#of(config.configurable?.["thread_id"]);
    if (saver !== null) yield* saver.list(config, options);
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    versions: Record<string, number | string>,
  ): Promise<RunnableConfig> {
    return (await this.#written(config)).put(config, checkpoint, metadata, versions);
  }

  async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    return (await this.#written(config)).putWrites(config, writes, taskId);
  }

  async deleteThread(threadId: string): Promise<void> {
    await (await this.#of(threadId))?.deleteThread(threadId);
  }
}
