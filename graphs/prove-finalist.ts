import type { Place } from "../src/core/place.ts";
import type { Attempt } from "../src/record/attempt.ts";
import { membersOf, partsOf } from "../src/record/members.ts";
import { unlessRefused } from "./evaluate.ts";
import { decide } from "./node.ts";
import { joinsScripts, type Ports } from "./ports.ts";

/** Beyond the first, proofs of a finalist's scripts may take this part of the time that all scripts took. */
const MOST_PART = 0.1;

/**
 * Proves what the finalist stands on once, whatever it led by: its script, or of a blend the scripts that weigh most, as far
 * as they are cheap. False when a proof took it away; a blend is then made of those that are left.
 */
export async function proveFinalist(
  ports: Ports,
  finalist: Attempt,
  { at, signal }: { at: Place; signal: AbortSignal | undefined },
): Promise<boolean> {
  const { ledger } = ports.journal;
  const measuring = ports.measuring();
  if (measuring === null || joinsScripts(ports)) return true;
  const parts = finalist.blend === null ? [finalist] : partsOf(finalist, membersOf(ledger));
  const about = { at, parts: ["proof", finalist.id] };
  const { chosen } = decide(ports, "check", about, () => {
    const wanted: string[] = [];
    let left = MOST_PART * ledger.spent.scriptSeconds;
    for (const { run, measurement } of parts) {
      if (run === null || measurement === null || ledger.runOf(`${run.id}/proof`) !== null)
        continue;
      if (wanted.length > 0 && run.seconds > left) continue;
      left -= run.seconds;
      wanted.push(run.id);
    }
    return { chosen: wanted, kept: wanted.length > 0, reason: "it would be submitted" };
  });
  const proofs = parts.flatMap(({ run, script }) =>
    run === null || !chosen.includes(run.id) ? [] : [{ runId: run.id, script, signal }],
  );
  await Promise.all(proofs.map((proof) => unlessRefused(() => measuring.prove(proof))));
  if (ledger.candidate(finalist.id).withdrawn === null) return true;
  if (finalist.blend !== null) await measuring.blend(at.blend.text);
  return false;
}
