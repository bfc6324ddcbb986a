import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from "@langchain/langgraph-checkpoint";

/**
 * A saver whose first failure to write ends the run at once. LangGraph looks at such a failure only when the step's other
 * branches have ended, and the program would break off before that. Nothing is written after it: what is kept stays
 * a state that the run was in.
 */
export class GuardedCheckpoints extends BaseCheckpointSaver {
  readonly #saver: BaseCheckpointSaver;
  readonly #onFailure: (failure: unknown) => void;
  #hasFailed = false;

  constructor(saver: BaseCheckpointSaver, onFailure: (failure: unknown) => void) {
    super(saver.serde);
    this.#saver = saver;
    this.#onFailure = onFailure;
  }

  getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    return this.#saver.getTuple(config);
  }

  list(config: RunnableConfig, options?: CheckpointListOptions): AsyncGenerator<CheckpointTuple> {
    return this.#saver.list(config, options);
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    versions: Record<string, number | string>,
  ): Promise<RunnableConfig> {
    const put = () => this.#saver.put(config, checkpoint, metadata, versions);
    return (await this.#write(put)) ?? config;
  }

  async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    await this.#write(() => this.#saver.putWrites(config, writes, taskId));
  }

  deleteThread(threadId: string): Promise<void> {
    return this.#saver.deleteThread(threadId);
  }

  async #write<T>(write: () => Promise<T>): Promise<T | null> {
    if (this.#hasFailed) return null;
    try {
      return await write();
    } catch (failure) {
      this.#hasFailed = true;
      this.#onFailure(failure);
      return null;
    }
  }
}
