import { gain } from "../../core/candidate.ts";
import { Place } from "../../core/place.ts";
import { DataUsageCheckerAnswer } from "../../core/questions.ts";
import { stageCosts, totalsOf } from "../../record/costs.ts";
import { ofType, type RecordedEvent } from "../../record/event.ts";
import { stateOf } from "../../record/history.ts";
import { Ledger } from "../../record/ledger.ts";
import type { RunRecord } from "../../record/run-record.ts";
import { attemptFacts, type Script, scriptFacts, stepOf } from "./attempts.ts";
import { failureGroups } from "./failures.ts";
import { packagesOf } from "./packages.ts";
import { reviewFacts } from "./reviews.ts";
import { validationOf } from "./validation.ts";

/** Derives everything that is told of a run: what its ledger knows, and which files there are of it. */
export function runFacts(record: RunRecord, events: readonly RecordedEvent[], folder: string) {
  const ledger = Ledger.of(events);
  const { handedOut: best, direction } = ledger;
  const scripts = scriptFacts(ledger, folder);
  const attempts = attemptFacts(ledger, events, scripts);
  /** Each with the scripts that were run for it. */
  const submissions = ofType(events, "submission").map((event) => ({
    ...event,
    scripts: scripts.filter((script) => stepOf(script) === Place.parse(event.at).text),
  }));
  /** The candidate that the best is, or that its submission's script was made from. */
  const origin = submissions.find(({ at }) => at === best?.id)?.candidate ?? best?.id;
  const bestAttempt = attempts.find(({ id }) => id === origin) ?? null;
  /** The execution whose files the best has, and the one whose log its score was read from. */
  const bestScript = scripts.find(({ id }) => id === best?.runId) ?? null;
  const scoredBy = bestAttempt === null ? bestScript : bestAttempt.scored;
  const workbench = ofType(events, "opened").at(-1)?.workbench ?? record.workbench;
  return {
    ...{ record, folder, ledger, best, bestAttempt, bestScript, scoredBy },
    ...{ scripts, attempts, submissions, workbench },
    state: stateOf(events),
    /** Why the run was left, when it failed. */
    problem: ofType(events, "closed").at(-1)?.problem ?? null,
    metric: ledger.task?.metric ?? record.metric ?? "score",
    validation: validationOf(scoredBy?.run.stdout ?? ""),
    firstScore: attempts.find(({ score }) => score !== null)?.score ?? null,
    ablations: ofType(events, "ablation").map(({ at, summary, baseline, effects }) => ({
      ...{ id: at, summary, baseline },
      /** With each part disabled: the score, and by how much the solution is worse without the part. */
      effects: effects.map(({ part, score }) => ({
        ...{ part, score },
        loss: baseline === null ? null : gain(score, baseline, direction),
      })),
      script: scripts.findLast((one) => ablationOf(one) === at) ?? null,
    })),
    models: ofType(events, "models"),
    leakageChecks: answersOf(ledger, "leakage-checker").length,
    dataUsage: answersOf(ledger, "data-usage-checker").flatMap(({ at, answer }) => {
      const read = DataUsageCheckerAnswer.safeParse(answer);
      return read.success ? [{ at, ...read.data }] : [];
    }),
    /** Every word of a person. */
    reviews: reviewFacts(events),
    failures: failureGroups(scripts, attempts),
    totals: totalsOf(ledger),
    stages: stageCosts(ledger),
    /** What the final script needs of the workbench. */
    packages: packagesOf(best?.script ?? "", workbench?.packages ?? []),
  };
}
export type RunFacts = ReturnType<typeof runFacts>;

const answersOf = ({ calls }: Ledger, name: string) =>
  calls.filter(({ agent, problem }) => agent === name && problem === null);

/** The refinement step whose ablation the script was; null for any other script. */
function ablationOf({ id, purpose }: Script): string | null {
  return purpose === "ablation" ? (Place.parse(id).step.parent?.text ?? null) : null;
}
