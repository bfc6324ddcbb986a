import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { SubmissionCheck } from "../src/core/candidate.ts";
import type { Place } from "../src/core/place.ts";
import type { Attempt } from "../src/record/attempt.ts";
import { membersOf, partsOf, standsOnMembers } from "../src/record/members.ts";
import { driftOf } from "./drift.ts";
import type { Evaluate } from "./evaluation.ts";
import type { Ports } from "./ports.ts";

/** What the final run of a finalist came to: where its files lie, and why they cannot be handed out. */
export interface Final {
  runId: string;
  submission: SubmissionCheck | null;
  problem: string | null;
}

/** Whether the finalist's own files already are what its final run would leave: nothing was held out and no row left aside. */
export function isFinal({ prepared, settings, journal }: Ports, { run }: Attempt): boolean {
  const train = prepared().task?.train;
  const sawAll = train?.complete === true && train.rows <= settings.maxTrainRows;
  return (
    sawAll && run?.submission?.valid === true && (journal.ledger.ground?.units.holdout ?? 0) === 0
  );
}

/**
 * Runs the scripts of a finalist once more, unchanged and side by side, with every labelled row: the one it is, or the
 * members of the blend. A member whose predictions are not those of the search, or that fails, keeps those of the search.
 */
export async function finalRun(
  ports: Ports,
  evaluate: Evaluate,
  { at, finalist, runtime }: { at: Place; finalist: Attempt; runtime: LangGraphRunnableConfig },
): Promise<Final> {
  const { ledger } = ports.journal;
  const again = async (attempt: Attempt, place: Place) => {
    const { script, title, run } = attempt;
    const expects = run?.seconds ?? 0;
    const fresh = {
      at: place,
      title,
      script,
      purpose: "submission" as const,
      isOwn: true,
      expects,
    };
    const outcome = await evaluate(fresh, runtime);
    const { submission } = outcome.run ?? { submission: null };
    if (run === null || outcome.run === null || submission?.valid !== true)
      return { runId: null, problem: outcome.problem ?? "it left no valid submission" };
    const drift = await driftOf(ports, attempt, { runId: outcome.run.id, among: [], most: 0 });
    return { runId: drift === null ? outcome.run.id : null, problem: drift };
  };

  const finals = async (parts: readonly Attempt[]) =>
    Promise.all(
      parts.map(async (part, index) => {
        const { runId: final } = await again(part, at.member(index + 1));
        return { runId: part.run?.id ?? part.id, final };
      }),
    );

  if (finalist.blend !== null) {
    const request = {
      blend: finalist.run?.id ?? finalist.id,
      finals: await finals(partsOf(finalist, membersOf(ledger))),
      into: at.text,
    };
    const submission = (await ports.measuring()?.combine(request)) ?? null;
    return { runId: at.text, submission, problem: submission?.problem ?? null };
  }
  if (standsOnMembers(finalist.script)) {
    const parts = [...new Set(membersOf(ledger).map(({ attempt }) => attempt))];
    const shown = (await finals(parts)).flatMap(({ runId, final }) =>
      final === null ? [] : [{ runId, final }],
    );
    await ports.measuring()?.showFinals(shown);
  }
  const { runId, problem } = await again(finalist, at);
  const submission = runId === null ? null : (ledger.runOf(runId)?.submission ?? null);
  return { runId: runId ?? finalist.run?.id ?? at.text, submission, problem };
}
