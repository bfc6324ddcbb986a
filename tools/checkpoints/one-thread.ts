import type { RunnableConfig } from "@langchain/core/runnables";
import {
  BaseCheckpointSaver,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from "@langchain/langgraph-checkpoint";

type Patiently = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * One thread of a saver that many runs share, kept there under another name than the graph calls it: runs of one name
 * from different folders stay apart.
 */
export class OneThread extends BaseCheckpointSaver {
  readonly #saver: BaseCheckpointSaver;
  readonly #thread: string;
  readonly #patiently: Patiently;

  constructor(saver: BaseCheckpointSaver, thread: string, patiently: Patiently) {
    super(saver.serde);
    this.#saver = saver;
    this.#thread = thread;
    this.#patiently = patiently;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const tuple = await this.#patiently(() => this.#saver.getTuple(this.#inside(config)));
    return tuple && outside(tuple, config);
  }

  async *list(
    config: RunnableConfig,
    options?: CheckpointListOptions,
  ): AsyncGenerator<CheckpointTuple> {
    const { before, ...rest } = options ?? {};
    const within = { ...rest, ...(before === undefined ? {} : { before: this.#inside(before) }) };
    for await (const tuple of this.#saver.list(this.#inside(config), within))
      yield outside(tuple, config);
  }

  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    versions: Record<string, number | string>,
  ): Promise<RunnableConfig> {
    const put = () => this.#saver.put(this.#inside(config), checkpoint, metadata, versions);
    return named(await this.#patiently(put), config);
  }

  async putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    await this.#patiently(() => this.#saver.putWrites(this.#inside(config), writes, taskId));
  }

  async deleteThread(): Promise<void> {
    await this.#patiently(() => this.#saver.deleteThread(this.#thread));
  }

  #inside(config: RunnableConfig): RunnableConfig {
    return { ...config, configurable: { ...config.configurable, thread_id: this.#thread } };
  }
}

/** The same place under the name that the graph knows it by. */
const named = (config: RunnableConfig, { configurable }: RunnableConfig): RunnableConfig => ({
  ...config,
  configurable: { ...config.configurable, thread_id: configurable?.["thread_id"] },
});

const outside = (tuple: CheckpointTuple, asked: RunnableConfig): CheckpointTuple => ({
  ...tuple,
  config: named(tuple.config, asked),
  ...(tuple.parentConfig === undefined ? {} : { parentConfig: named(tuple.parentConfig, asked) }),
});
