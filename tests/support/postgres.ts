import { randomUUID } from "node:crypto";
import pg from "pg";
import { onTestFinished, type TestContext } from "vitest";

const SERVERS = process.env["MLE_STAR_TEST_POSTGRES"]?.split(",") ?? [
  "postgres://postgres@127.0.0.1:5432/postgres",
  "postgres://root@127.0.0.1:5432/root",
];

/** Asks the first database that answers; null when none does. */
async function ask(sql: string): Promise<string | null> {
  for (const connectionString of SERVERS) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query(sql);
      return connectionString;
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
  const server = await ask("SELECT 1");
  if (server === null)
    return context.skip(
      `no PostgreSQL at ${SERVERS.join(" or ")}; name one in MLE_STAR_TEST_POSTGRES`,
    );
  onTestFinished(async () => {
    await ask(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  });
  return `${server}?schema=${schema}`;
}

/** Ends all connections that a run holds to the test's database. */
export const cutConnections = (thread: string) =>
  ask(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'mle-star ${thread}%'`,
  );
