import type { Scorer } from "../../tools/measure/scorer/scorer.ts";
import type { Insight } from "../core/measurement.ts";
import type { Ledger } from "../record/ledger.ts";
import { byWeight, type KnownMember } from "../record/members.ts";

interface Blended {
  final: string;
  members: readonly { id: string; name: string; weight: number }[];
}

/** What the blend gets wrong, or where none is better the best script; null where that cannot be told. */
export async function insightOf(
  members: readonly KnownMember[],
  blend: Blended | null,
  {
    ledger,
    scorer,
    finalOf,
  }: { ledger: Ledger; scorer: Scorer; finalOf: (runId: string) => string },
): Promise<Insight | null> {
  const runId = ledger.bestScript?.run?.id;
  const final = blend?.final ?? (runId === undefined ? null : finalOf(runId));
  if (final === null) return null;
  const ranked = byWeight(members, blend?.members ?? [], ledger.direction);
  const files = ranked.map((one) => ({ id: one.runId, name: one.name, final: finalOf(one.runId) }));
  return scorer.insight({ final, members: files });
}
