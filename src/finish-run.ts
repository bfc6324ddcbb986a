import { basename, dirname, join } from "node:path";
import { readBest } from "../tools/run-folder/best-solution.ts";
import type { RunRecord } from "../tools/run-folder/run-record.ts";
import type { Scratchpad } from "../tools/run-folder/scratchpad.ts";
import type { Finish } from "./core/ports.ts";
import { timesBegunAnew } from "./core/run-end.ts";
import { type RecordedEvent, secondsWorked } from "./core/run-event.ts";
import type { Settings } from "./core/settings.ts";
import { leftUndone } from "./core/step.ts";
import { totalsOf } from "./report/facts/costs.ts";

/**
 * Notes the run's result: what stands in `best/`, with the score it was chosen by; then writes the report. A report that
 * fails is noted with its reason and takes nothing away: `mle-star report` writes it again at any time.
 */
export function finishRun(
  runFolder: string,
  { runId, settings }: Pick<RunRecord, "runId" | "settings">,
  scratchpad: Scratchpad,
): Finish {
  const { note, events } = scratchpad;
  return async ({ metric, direction }) => {
    const best = readBest(runFolder);
    const times = timesBegunAnew(events());
    const ending = times === 0 ? "" : `-${times + 1}`;
    const totals = totalsOf(events());
    const { inputTokens, outputTokens, costUsd } = totals.calls;
    const file = (name: string) => (best === null ? null : join(runFolder, "best", name));
    note({
      type: "result",
      key: `result${ending}`,
      at: "",
      runId,
      score: best?.score ?? null,
      metric,
      direction,
      solution: file("solution.py"),
      submission: file("submission.csv"),
      seconds: secondsWorked(events()),
      tokens: inputTokens === null ? null : inputTokens + (outputTokens ?? 0),
      costUsd,
      totals,
      cut: cutOf(events(), settings),
    });
    note({
      type: "report",
      key: `report${ending}`,
      at: "",
      problem: await reportProblem(runFolder),
    });
  };
}

/** What a cap cut off, when one did. */
function cutOf(events: readonly RecordedEvent[], settings: Settings) {
  const undone = leftUndone(events, settings);
  const refused = events.findLast((event) => event.type === "left-out");
  return undone.length === 0 || refused === undefined ? null : { reason: refused.reason, undone };
}

async function reportProblem(runFolder: string): Promise<string | null> {
  try {
    // Loaded only here: what draws a report is large, and a run is to start soon.
    const { writeReport } = await import("./report/write-report.ts");
    await writeReport(dirname(runFolder), basename(runFolder));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
