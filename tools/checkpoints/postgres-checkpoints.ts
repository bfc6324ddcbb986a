import type { RunnableConfig } from "@langchain/core/runnables";
import type { CheckpointTuple } from "@langchain/langgraph-checkpoint";
import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import pg from "pg";
import { type PostgresAddress, postgresAddress } from "./postgres-address.ts";
import { whileOpening, withPatience } from "./postgres-trouble.ts";
import { strictSerializer } from "./strict-serializer.ts";

const CONNECTIONS = 4;
const CONNECT_MILLISECONDS = 10_000;

/**
 * LangGraph's PostgreSQL saver over a schema of its own; checkpoints are kept under the thread's name there, whatever the
 * graph calls it. The password comes from `PGPASSWORD` or the user's password file.
 */
export async function postgresCheckpoints(
  url: string,
  thread: string,
): Promise<{ saver: PostgresSaver; close: () => Promise<void> }> {
  const address = postgresAddress(url);
  const pool = new pg.Pool({
    connectionString: address.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    application_name: `mle-star ${thread}`.slice(0, 63),
  });
  // A connection that is lost while nothing is asked, also within a transaction, is told by the next question.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const saver = new OneThread(pool, thread, address);
  try {
    await whileOpening(address.url, () => saver.setup());
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { saver, close: () => pool.end() };
}

type Asked<Verb extends "list" | "put" | "putWrites"> = Parameters<PostgresSaver[Verb]>;

/**
 * One thread of a database that many runs share, kept there under another name than the graph calls it: runs of one name
 * from different folders stay apart. All of it is done again where the connection was lost.
 */
class OneThread extends PostgresSaver {
  readonly #thread: string;
  readonly #patiently: <T>(work: () => Promise<T>) => Promise<T>;

  constructor(pool: pg.Pool, thread: string, { url, schema }: PostgresAddress) {
    super(pool, strictSerializer(null), { schema });
    this.#thread = thread;
    this.#patiently = (work) => withPatience(url, work);
  }

  override async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const tuple = await this.#patiently(() => super.getTuple(this.#inside(config)));
    return tuple && outside(tuple, config);
  }

  override async *list(...[config, options]: Asked<"list">): AsyncGenerator<CheckpointTuple> {
    const tuples = await this.#patiently(async () => {
      const all: CheckpointTuple[] = [];
      for await (const tuple of super.list(this.#inside(config), options)) all.push(tuple);
      return all;
    });
    for (const tuple of tuples) yield outside(tuple, config);
  }

  override async put(...[config, ...rest]: Asked<"put">): Promise<RunnableConfig> {
    return named(await this.#patiently(() => super.put(this.#inside(config), ...rest)), config);
  }

  override async putWrites(...[config, ...rest]: Asked<"putWrites">): Promise<void> {
    await this.#patiently(() => super.putWrites(this.#inside(config), ...rest));
  }

  override async deleteThread(): Promise<void> {
    await this.#patiently(() => super.deleteThread(this.#thread));
  }

  #inside(config: RunnableConfig): RunnableConfig {
    return named(config, { configurable: { thread_id: this.#thread } });
  }
}

/** The same place under the thread's name in the other config. */
const named = (config: RunnableConfig, { configurable }: RunnableConfig): RunnableConfig => ({
  ...config,
  configurable: { ...config.configurable, thread_id: configurable?.["thread_id"] },
});

const outside = (tuple: CheckpointTuple, asked: RunnableConfig): CheckpointTuple => ({
  ...tuple,
  config: named(tuple.config, asked),
  ...(tuple.parentConfig === undefined ? {} : { parentConfig: named(tuple.parentConfig, asked) }),
});
