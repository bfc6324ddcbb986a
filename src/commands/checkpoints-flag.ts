import type { Command } from "commander";
import { passwordIn, postgresAddress } from "../../tools/checkpoints/postgres-address.ts";
import { readRun } from "../../tools/run-folder/run-record.ts";
import { SettingsError } from "../core/errors.ts";

/** Gives the command the flag for a database that keeps checkpoints. */
export const addCheckpointsFlag = (command: Command): Command =>
  command.option(
    "--checkpoints <url>",
    "a PostgreSQL database for the checkpoints: postgres://user@host/database",
  );

/** The database of the flag, without its password: that is now where `PGPASSWORD` would have put it. */
export function checkpointsOf(flag: string | undefined): string | undefined {
  if (flag === undefined) return undefined;
  const { url } = postgresAddress(flag);
  const password = passwordIn(flag);
  if (password !== null) process.env["PGPASSWORD"] = password;
  return url;
}

/** Refuses another database than the run's own: its checkpoints are there and nowhere else. */
export function checkCheckpoints(
  flag: string | undefined,
  { runId, runsDir }: { runId: string; runsDir: string },
): void {
  const url = checkpointsOf(flag);
  const own = readRun(runsDir, runId).checkpoints?.url;
  if (url !== undefined && url !== own)
    throw new SettingsError(
      `--checkpoints: those of run ${runId} are in ${own ?? "a file of its own"}; leave the flag out, or give that`,
    );
}
