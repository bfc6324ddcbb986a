import { gain } from "../../core/candidate.ts";
import { Place } from "../../core/place.ts";
import { DataUsageCheckerAnswer } from "../../core/questions.ts";
import { stageCosts, totalsOf } from "../../record/costs.ts";
import { ofType, type RecordedEvent } from "../../record/event.ts";
import type { HandedOut } from "../../record/handed-out.ts";
import { stateOf } from "../../record/history.ts";
import { Ledger } from "../../record/ledger.ts";
import { membersOf, partsOf } from "../../record/members.ts";
import type { RunRecord } from "../../record/run-record.ts";
import { type AttemptFact, attemptFacts, type Script, scriptFacts, stepOf } from "./attempts.ts";
import { failureGroups } from "./failures.ts";
import { packagesOf } from "./packages.ts";
import { reviewFacts } from "./reviews.ts";
import { validationOf } from "./validation.ts";

/** Derives everything that is told of a run: what its ledger knows, and which files there are of it. */
export function runFacts(record: RunRecord, events: readonly RecordedEvent[], folder: string) {
  const ledger = Ledger.of(events);
  const { handedOut: best, direction } = ledger;
  const scripts = scriptFacts(ledger, folder);
  const all = attemptFacts(ledger, events, scripts);
  /** Each with the scripts that were run for it. */
  const submissions = ofType(events, "submission").map((event) => ({
    ...event,
    scripts: scripts.filter((script) => stepOf(script) === Place.parse(event.at).text),
  }));
  /** The candidate that the best is, or that its submission's script was made from. */
  const origin = submissions.find(({ at }) => at === best?.id)?.candidate ?? best?.id;
  const bestAttempt = all.find(({ id }) => id === origin) ?? null;
  /** After almost every attempt there is a blend: those are told that led, or were to be handed out. */
  const tried = new Set([origin, ...submissions.map(({ candidate }) => candidate)]);
  const isTold = ({ blend, lead, id }: AttemptFact) =>
    blend === null || lead !== null || tried.has(id);
  const attempts = all.filter(isTold);
  const isAlike = ({ measurement }: AttemptFact) =>
    (measurement === null) === ((bestAttempt?.measurement ?? null) === null);
  /** The execution whose files the best has, and the one whose log its score was read from. */
  const bestScript = scripts.find(({ id }) => id === best?.runId) ?? null;
  const scoredBy = bestAttempt === null ? bestScript : bestAttempt.scored;
  const workbench = ofType(events, "opened").at(-1)?.workbench ?? record.workbench;
  return {
    ...{ record, folder, ledger, best, bestAttempt, bestScript, scoredBy },
    ...{ scripts, attempts, submissions, workbench },
    /** What is known of the form of the submission; that of a blend was made by no script. */
    check: (bestScript ?? bestAttempt)?.run?.submission ?? null,
    quietBlends: all.filter((one) => !isTold(one)),
    ...blendFacts(ledger, bestAttempt),
    alarms: ledger.alarms.map((alarm) => ({
      ...alarm,
      attempt: all.find(({ place }) => place.text === Place.parse(alarm.runId).step.text) ?? null,
    })),
    state: stateOf(events),
    /** Why the run was left, when it failed. */
    problem: ofType(events, "closed").at(-1)?.problem ?? null,
    metric: ledger.task?.metric ?? record.metric ?? "score",
    validation: validationOf(scoredBy?.run.stdout ?? ""),
    /** The first of those that can be compared with the best: measured as it is, or claimed. */
    firstScore: attempts.find((one) => one.score !== null && isAlike(one))?.score ?? null,
    explained:
      ofType(events, "explanation").findLast(({ runId }) => runId === bestAttempt?.run?.id)
        ?.explained ?? null,
    ablations: ofType(events, "ablation").map(({ at, summary, baseline, effects }) => ({
      ...{ id: at, summary, baseline },
      /** With each part disabled: the score, and by how much the solution is worse without the part. */
      effects: effects.map(({ part, score }) => ({
        ...{ part, score },
        loss: baseline === null ? null : gain(score, baseline, direction),
      })),
      script: scripts.findLast((one) => ablationOf(one) === at) ?? null,
    })),
    /** What the look at the data printed, and the executions of it; nothing where nobody looked. */
    exploration: {
      findings: ledger.findings,
      scripts: scripts.filter(({ purpose }) => purpose === "exploration"),
    },
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
    packages: packagesOf(textsOf(ledger, best, bestAttempt), workbench?.packages ?? []),
  };
}
export type RunFacts = ReturnType<typeof runFacts>;

/** What is blended in the best, those that weigh most first; null when it is one script's work. */
function blendFacts(ledger: Ledger, best: AttemptFact | null) {
  if (best?.blend == null) return { blended: null };
  const members = membersOf(ledger);
  const blended = best.blend.map((one) => {
    const known = members.find(({ runId, name }) => runId === one.runId && name === one.name);
    return { ...one, attempt: known?.attempt ?? null, score: known?.score ?? null };
  });
  return { blended: blended.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)) };
}

/** The text of all scripts that the result is made by. */
function textsOf(ledger: Ledger, best: HandedOut | null, attempt: AttemptFact | null): string {
  if (attempt?.blend == null) return best?.script ?? "";
  return partsOf(attempt, membersOf(ledger))
    .map(({ script }) => script)
    .join("\n");
}

const answersOf = ({ calls }: Ledger, name: string) =>
  calls.filter(({ agent, problem }) => agent === name && problem === null);

/** The refinement step whose ablation the script was; null for any other script. */
function ablationOf({ id, purpose }: Script): string | null {
  return purpose === "ablation" ? (Place.parse(id).step.parent?.text ?? null) : null;
}
