import { join } from "node:path";
import { SettingsError, ToolError } from "../../core/errors.ts";
import { command } from "../../core/words/command.ts";
import type { RecordedEvent } from "../../record/event.ts";
import { readEvents } from "../../record/event-log.ts";
import { type RunRecord, readRun } from "../../record/run-record.ts";
import { type RunFacts, runFacts } from "./run-facts.ts";

/** The facts of a run there is; one of an older form is refused in a sentence. */
export function readFacts(runsFolder: string, runId: string): RunFacts {
  const record = readRun(runsFolder, runId);
  const folder = join(runsFolder, runId);
  return runFacts(record, eventsOf(folder, record), folder);
}

/** Whether the run was made by a version that recorded events in another form. */
export const isOlder = ({ version }: RunRecord): boolean => version.startsWith("0.1.");

function eventsOf(folder: string, record: RunRecord): RecordedEvent[] {
  try {
    return readEvents(join(folder, "scratchpad.jsonl"));
  } catch (cause) {
    if (!(cause instanceof ToolError) || !isOlder(record)) throw cause;
    throw new SettingsError(
      `run "${record.runId}": it is of an older form, made by mle-star ${record.version}, which this version cannot tell of; "${command(`export ${record.runId} DIR`)}" still works`,
      { cause },
    );
  }
}
