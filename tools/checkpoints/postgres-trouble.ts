import { setTimeout as sleep } from "node:timers/promises";
import { MleStarError, SettingsError, ToolError } from "../../src/core/errors.ts";

/** How long a server that is being restarted is waited for: half a second, then twice as long each time. */
const WAITS_MILLISECONDS = [500, 1000, 2000, 4000, 8000];

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** The connection was lost, or the server is starting or stopping: a later try may succeed. */
const isPassing = (error: unknown) =>
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|08...|57P0[123]|53300)$/.test(codeOf(error)) ||
  /terminated|timeout|not queryable/i.test(error instanceof Error ? error.message : "");

/** Does the work, again after a pause when the server was away; what lasts is told in one sentence. */
export async function withPatience<T>(
  url: string,
  work: () => Promise<T>,
  waits: readonly number[] = WAITS_MILLISECONDS,
): Promise<T> {
  const [wait, ...rest] = waits;
  try {
    return await work();
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    if (!isPassing(error) || wait === undefined)
      throw new ToolError(
        `checkpoints ${url}: the database failed (${reasonOf(error)}); when it works again, go on with "mle-star resume"`,
        { cause: error },
      );
    await sleep(wait);
    return withPatience(url, work, rest);
  }
}

/** Why a database cannot be used at all: something to mend before a run begins. */
export function cannotBeUsed(url: string, error: unknown): MleStarError {
  const remedy =
    { "28P01": "set PGPASSWORD", "28000": "set PGPASSWORD", "3D000": "create the database" }[
      codeOf(error)
    ] ??
    (codeOf(error) === "42501"
      ? "grant its user the right to create a schema"
      : "start the server, or leave --checkpoints out");
  return new SettingsError(
    `checkpoints ${url}: the database cannot be used (${reasonOf(error)}); ${remedy}`,
    { cause: error },
  );
}

/** Errors of the driver and of the system have codes, or tell of the connection. */
const isDatabaseError = (error: unknown) =>
  !(error instanceof MleStarError) && (codeOf(error) !== "" || isPassing(error));

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
