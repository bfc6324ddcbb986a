import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type pg from "pg";
import { OneThread } from "./one-thread.ts";
import { type PostgresAddress, postgresAddress } from "./postgres-address.ts";
import { cannotBeUsed, withPatience } from "./postgres-trouble.ts";
import { type PieceStore, strictSerializer } from "./strict-serializer.ts";

const CONNECTIONS = 4;
const CONNECT_MILLISECONDS = 10_000;
/** Held while tables are made: two runs that begin at once would hinder each other. */
const SETUP_LOCK = 0x6d6c65;

/**
 * LangGraph's PostgreSQL saver over a schema of its own, with unchanged state stored once; checkpoints are kept under the
 * thread's name there, whatever the graph calls it. The password comes from `PGPASSWORD` or the user's password file.
 */
export async function postgresCheckpoints(
  url: string,
  thread: string,
): Promise<{ saver: BaseCheckpointSaver; close: () => Promise<void> }> {
  const address = postgresAddress(url);
  const { Pool } = (await import("pg")).default;
  const { PostgresSaver } = await import("@langchain/langgraph-checkpoint-postgres");
  const pool = new Pool({
    connectionString: address.connection,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    application_name: `mle-star ${thread}`.slice(0, 63),
  });
  // A connection that is lost while nothing is asked is told by the next question.
  pool.on("error", () => {});
  const { schema } = address;
  const saver = new PostgresSaver(pool, strictSerializer(pieceTable(pool, address)), { schema });
  try {
    await makeTables(pool, schema, () => saver.setup());
  } catch (error) {
    await pool.end();
    throw cannotBeUsed(address.url, error);
  }
  const patiently = <T>(work: () => Promise<T>) => withPatience(address.url, work);
  return { saver: new OneThread(saver, thread, patiently), close: () => pool.end() };
}

async function makeTables(pool: pg.Pool, schema: string, setup: () => Promise<void>) {
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [SETUP_LOCK]);
    await setup();
    await client.query(
      `CREATE TABLE IF NOT EXISTS "${schema}".checkpoint_pieces (digest TEXT PRIMARY KEY, json TEXT NOT NULL)`,
    );
    await client.query("SELECT pg_advisory_unlock($1)", [SETUP_LOCK]);
  } finally {
    // Ending the connection gives the lock back, whatever happened.
    client.release(true);
  }
}

function pieceTable(pool: pg.Pool, { schema, url }: PostgresAddress): PieceStore {
  const table = `"${schema}".checkpoint_pieces`;
  const stored = new Set<string>();
  return {
    async put(pieces) {
      const fresh = [...pieces].filter(([digest]) => !stored.has(digest));
      if (fresh.length === 0) return;
      await withPatience(url, () =>
        pool.query(
          `INSERT INTO ${table} (digest, json) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`,
          [fresh.map(([digest]) => digest), fresh.map(([, json]) => json)],
        ),
      );
      for (const [digest] of fresh) stored.add(digest);
    },
    async get(digests) {
      const { rows } = await withPatience(url, () =>
        pool.query<{ digest: string; json: string }>(
          `SELECT digest, json FROM ${table} WHERE digest = ANY($1)`,
          [digests],
        ),
      );
      return new Map(rows.map(({ digest, json }) => [digest, json]));
    },
  };
}
