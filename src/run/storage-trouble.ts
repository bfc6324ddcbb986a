import { basename, dirname } from "node:path";
import { ToolError } from "../core/errors.ts";
import { command } from "../core/words/command.ts";

/** What the system's and SQLite's own codes mean for a run. */
const TROUBLES: Record<string, (folder: string) => string> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: unwritable,
  EACCES: unwritable,
  EPERM: unwritable,
  EIO: (folder) => `the disk of ${folder} fails; go on from a copy of the folder on another disk,`,
  "sqlite 5": locked,
  "sqlite 6": locked,
  "sqlite 8": unwritable,
  "sqlite 10": (folder) => `the disk of ${folder} fails or is full; make room`,
  "sqlite 11": damaged,
  "sqlite 13": full,
  "sqlite 14": unwritable,
  "sqlite 26": damaged,
};

function full(folder: string): string {
  return `the disk of ${folder} is full; make room`;
}

function unwritable(folder: string): string {
  return `${folder} cannot be written; make it writable`;
}

function locked(folder: string): string {
  return `another program holds ${folder}/checkpoints.sqlite locked; end it`;
}

function damaged(folder: string): string {
  return `${folder}/checkpoints.sqlite is damaged; move it away (calls and scripts that were finished are not done again)`;
}

/** A failure of the run's disk as one sentence with what to do; any other error is returned as it is. */
export function storageTrouble(error: unknown, runFolder: string): unknown {
  const trouble = TROUBLES[codeOf(error, runFolder)]?.(runFolder);
  if (trouble === undefined) return error;
  const runId = basename(runFolder);
  return new ToolError(
    `run ${runId}: ${trouble} and go on with "${command(`resume ${runId}`, dirname(runFolder))}"`,
    {
      cause: error,
    },
  );
}

function codeOf(error: unknown, runFolder: string): string {
  if (!(error instanceof Error) || !("code" in error)) return "";
  if ("path" in error && !String(error.path).startsWith(runFolder)) return "";
  // The lower byte is the primary result, the others tell more.
  if (error.code === "ERR_SQLITE_ERROR" && "errcode" in error)
    return `sqlite ${Number(error.errcode) & 0xff}`;
  return String(error.code);
}
