import { join } from "node:path";
import type { Command } from "commander";
import { SettingsError } from "../core/errors.ts";
import { command } from "../core/words/command.ts";
import { readEvents } from "../record/event-log.ts";
import { Ledger } from "../record/ledger.ts";
import { lockRun } from "../record/run-lock.ts";
import { readRun } from "../record/run-record.ts";
import { thinPredictions } from "../run/thin-predictions.ts";
import { overRun } from "./follow.ts";

/** `mle-star prune <run-id>`: deletes predictions of a run that has ended, but for those its result stands on. */
export function addPruneCommand(program: Command): void {
  const says = "delete the predictions of a run's attempts that its result does not stand on";
  overRun(program, "prune", says).action(async (runId: string, { runsDir }) => {
    readRun(runsDir, runId);
    const folder = join(runsDir, runId);
    const unlock = lockRun(folder);
    try {
      const ledger = Ledger.of(readEvents(join(folder, "scratchpad.jsonl")));
      if (ledger.result === null)
        throw new SettingsError(
          `run ${runId}: it has not ended, and may blend any of its predictions; go on with "${command(`resume ${runId}`, runsDir)}"`,
        );
      const freed = thinPredictions(folder, ledger);
      // Its links lead to what is there.
      const { writeReport } = await import("../report/written/write-report.ts");
      writeReport(runsDir, runId);
      console.log(`${(freed / 1e6).toFixed(1)} MB of predictions deleted in ${folder}`);
    } finally {
      unlock();
    }
  });
}
