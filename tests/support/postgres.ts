import { randomUUID } from "node:crypto";
import pg from "pg";
import { onTestFinished, type TestContext } from "vitest";

const SERVERS = process.env["MLE_STAR_TEST_POSTGRES"]?.split(",") ?? [
  "postgres://postgres@127.0.0.1:5432/postgres",
  "postgres://root@127.0.0.1:5432/root",
];

/** Asks the first database that answers; null when none does. */
async function ask(sql: string): Promise<{ server: string; rows: unknown[] } | null> {
  for (const server of SERVERS) {
    const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 3000 });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(sql);
      return { server, rows };
    } catch {
      // Another one may answer.
    } finally {
      await client.end().catch(() => {});
    }
  }
  return null;
}

/** A schema of its own in a real database, dropped after the test; the test is skipped where no server is found. */
export async function postgresSchema(context: TestContext): Promise<string> {
  const schema = `mle_star_test_${randomUUID().replaceAll("-", "")}`;
  const found = await ask("SELECT 1");
  if (found === null)
    return context.skip(
      `no PostgreSQL at ${SERVERS.join(" or ")}; name one in MLE_STAR_TEST_POSTGRES`,
    );
  onTestFinished(async () => {
    await ask(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  });
  return `${found.server}?schema=${schema}`;
}

/** Ends all connections that a run holds to the test's database; returns how many. */
export async function cutConnections(thread: string): Promise<number> {
  const cut = await ask(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mle-star ${thread}%'`,
  );
  return cut?.rows.length ?? 0;
}
