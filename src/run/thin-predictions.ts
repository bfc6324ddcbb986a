import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Ledger } from "../record/ledger.ts";
import { membersOf, partsOf } from "../record/members.ts";

/** What an attempt leaves below `final/` to be measured and blended; a submission stays where it could be handed in. */
const PREDICTIONS = ["validation.csv", "validation_scores.npy", "test_scores.npy", "members"];

/**
 * Deletes the predictions of attempts that nothing stands on any more: those that are neither handed out, nor a finalist, nor
 * a member of either. For when the run has ended: what is deleted can be blended no more. Returns how many bytes that freed.
 */
export function thinPredictions(runFolder: string, ledger: Ledger): number {
  const { handedOut, attempts } = ledger;
  const kept = new Set([handedOut?.runId]);
  const members = membersOf(ledger);
  for (const attempt of attempts) {
    const isKept = attempt.id === handedOut?.candidate || ledger.wasSubmitted(attempt.id);
    if (isKept) for (const one of [attempt, ...partsOf(attempt, members)]) kept.add(one.run?.id);
  }
  const runs = [...ledger.executions, ...attempts].flatMap(({ run }) => run ?? []);
  const refused = new Set(
    runs.flatMap(({ id, submission }) => (submission?.valid === false ? [id] : [])),
  );
  const needless = [...new Set(runs.map(({ id }) => id))].filter((id) => !kept.has(id));
  const shown = members.flatMap(({ runId, number }) =>
    kept.has(runId) ? [] : [join(runFolder, "view", "members", String(number))],
  );
  return [
    ...needless.flatMap((id) =>
      [...PREDICTIONS, ...(refused.has(id) ? ["submission.csv"] : [])].map((name) =>
        join(runFolder, "attempts", id, "final", name),
      ),
    ),
    ...shown,
  ].reduce((freed, path) => freed + remove(path), 0);
}

function remove(path: string): number {
  const bytes = sizeOf(path);
  rmSync(path, { recursive: true, force: true });
  return bytes;
}

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
