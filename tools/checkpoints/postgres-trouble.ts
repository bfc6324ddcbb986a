import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, SettingsError, ToolError } from "../../src/core/errors.ts";
import { command } from "../../src/core/words/command.ts";

/** A cut connection is made again almost at once, a server that is being restarted waited for. */
const WAITS_MILLISECONDS = [100, 500, 1000, 2000, 4000, 8000];

/** A later try may succeed: connection lost, server starting or stopping, another run making the same tables. */
const isPassing = (error: unknown) =>
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|08...|57P0[123]|53300|23505|42P07|42710)$/.test(
    codeOf(error),
  ) ||
  (error instanceof Error &&
    /^(Connection terminated|Client .* not queryable|timeout e)/.test(error.message));

/** Does the work, again after a pause when the server was away; what lasts is told in one sentence. */
export async function withPatience<T>(
  url: string,
  work: () => Promise<T>,
  waits: readonly number[] = WAITS_MILLISECONDS,
): Promise<T> {
  try {
    return await tried(work, waits);
  } catch (error) {
    // Errors of the driver and of the system have codes, or tell of the connection.
    if (codeOf(error) === "" && !isPassing(error)) throw error;
    throw new ToolError(
      `checkpoints ${url}: the database failed (${reasonOf(error)}); when it works again, go on with "${command("resume")}"`,
      { cause: error },
    );
  }
}

const REMEDIES: Record<string, string> = {
  "28P01": "set PGPASSWORD",
  "28000": "set PGPASSWORD",
  "3D000": "create the database",
  "42501": "grant its user the right to create a schema",
};

/** The same for what a run begins with: a database that cannot be used is soon told, as something to mend first. */
export async function whileOpening<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await tried(work, WAITS_MILLISECONDS.slice(0, 3));
  } catch (error) {
    const remedy = REMEDIES[codeOf(error)] ?? "start the server, or leave --checkpoints out";
    throw new SettingsError(
      `checkpoints ${url}: the database cannot be used (${reasonOf(error)}); ${remedy}`,
      { cause: error },
    );
  }
}

async function tried<T>(work: () => Promise<T>, [wait, ...waits]: readonly number[]): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (wait === undefined || !isPassing(error)) throw error;
    await sleep(wait);
    return tried(work, waits);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
