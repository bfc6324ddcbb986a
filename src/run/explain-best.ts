import { join } from "node:path";
import type { Scorer } from "../../tools/measure/scorer/scorer.ts";
import { tried } from "../../tools/measure/scorer/tried.ts";
import type { Explained } from "../core/measurement.ts";
import type { Table, TaskDraft } from "../core/task.ts";

/** Columns with most missing are told; the rest is counted by nobody. */
const MOST_COLUMNS = 30;

/** What people want to know of the attempt that is handed out; null where it was not measured, or its predictions cannot be read. */
export async function explainBest(
  runId: string,
  {
    scorer,
    attemptsFolder,
    draft: { train, test },
  }: { scorer: Scorer; attemptsFolder: string; draft: Pick<TaskDraft, "train" | "test"> },
): Promise<Explained | null> {
  const { result } = await tried(scorer.explain({ final: join(attemptsFolder, runId, "final") }));
  return result && { ...result, missing: missingIn(train, test) };
}

function missingIn(train: Table | null, test: Table | null): Explained["missing"] {
  const share = (table: Table | null, column: string) => {
    const found = table?.columns.find(({ name }) => name === column);
    return found === undefined || table === null ? null : found.missing / Math.max(1, table.rows);
  };
  const names = new Set(
    [train, test].flatMap((table) => table?.columns ?? []).map((one) => one.name),
  );
  return [...names]
    .map((column) => ({ column, train: share(train, column), test: share(test, column) }))
    .filter((one) => (one.train ?? 0) + (one.test ?? 0) > 0)
    .toSorted((a, b) => (b.train ?? b.test ?? 0) - (a.train ?? a.test ?? 0))
    .slice(0, MOST_COLUMNS);
}
