import { postgresAddress } from "../../tools/checkpoints/postgres-address.ts";
import { SettingsError } from "../core/errors.ts";
import { readRun } from "../record/run-record.ts";

/** The database of the flag, without its password: that is now where `PGPASSWORD` would have put it. */
export function checkpointsOf(flag: string | undefined): string | undefined {
  if (flag === undefined) return undefined;
  const { url, password } = postgresAddress(flag);
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
