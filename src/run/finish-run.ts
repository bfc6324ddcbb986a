import { basename, dirname, join } from "node:path";
import type { Ports } from "../../graphs/ports.ts";
import type { Explained, Measurement } from "../core/measurement.ts";
import { Place } from "../core/place.ts";
import { leftOut } from "../core/step.ts";
import { totalsOf } from "../record/costs.ts";
import type { Journal } from "../record/journal.ts";
import type { RunRecord } from "../record/run-record.ts";
import { thinPredictions } from "./thin-predictions.ts";

/**
 * Notes the run's result: what its ledger hands out, with the score it was chosen by; then writes the report. A report that
 * fails is noted with its reason and takes nothing away: `mle-star report` writes it again at any time.
 */
export function finishRun(
  runFolder: string,
  { runId, settings, scriptPolicy }: Pick<RunRecord, "runId" | "settings" | "scriptPolicy">,
  journal: Journal,
  {
    heldOut,
    explain,
  }: {
    heldOut: (runId: string) => Promise<Measurement | null>;
    explain: (runId: string) => Promise<Explained | null>;
  },
): Ports["finish"] {
  const { ledger, note } = journal;
  /** The second half of the hold-out where there is one; else validation, which also chose it. */
  const measured = async () => {
    const attempt = ledger.find(ledger.handedOut?.candidate ?? "");
    if (attempt?.run == null || attempt.measurement === null) return null;
    const runId = attempt.run.id;
    const explained = await explain(runId);
    if (explained !== null)
      note({ type: "explanation", key: `${runId}/explanation`, at: runId, runId, explained });
    const held = await heldOut(runId);
    const { score, error, interval } = held ?? attempt.measurement;
    return { score, error, interval, by: held === null ? "validation" : "hold-out" } as const;
  };
  return async () => {
    const { handedOut, task, begunAnew, secondsWorked } = ledger;
    if (task === null) throw new Error("the run ends before its task was prepared");
    const { metric, direction } = task;
    const totals = totalsOf(ledger);
    const { inputTokens, outputTokens, costUsd } = totals.calls;
    const file = (name: string) => (handedOut === null ? null : join(runFolder, "best", name));
    const left = ledger.leftOut;
    // A member that is not run anew keeps its predictions: what was not searched weighs more.
    const isSearch = ({ at }: { at: string }) => Place.parse(at).stage !== "submission";
    const told = left.findLast(isSearch) ?? left.at(-1);
    const undone = [...new Set(left.map(({ step: kind, at }) => leftOut({ kind, at }, settings)))];
    note({
      type: "result",
      key: `result ${begunAnew + 1}`,
      at: "",
      ...{ runId, metric, direction, totals, costUsd },
      score: handedOut?.score ?? null,
      solution: file("solution.py"),
      submission: file("submission.csv"),
      seconds: secondsWorked,
      tokens: inputTokens === null ? null : inputTokens + (outputTokens ?? 0),
      measured: await measured(),
      apart: ledger.ground?.apart ?? null,
      cut: undone.length === 0 ? null : { reason: told?.reason ?? "", undone },
    });
    // What was cut short may go on, and blend any of them.
    if (!scriptPolicy.keepPredictions && undone.length === 0) thinPredictions(runFolder, ledger);
    const problem = await reportProblem(runFolder);
    note({ type: "report", key: `report ${begunAnew + 1}`, at: "", problem });
  };
}

async function reportProblem(runFolder: string): Promise<string | null> {
  try {
    // Loaded only here: what draws a report is large, and a run is to start soon.
    const { writeReport } = await import("../report/written/write-report.ts");
    writeReport(dirname(runFolder), basename(runFolder));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
