import type { CallCost } from "../../core/call-cost.ts";
import { type Direction, gain } from "../../core/candidate.ts";
import type { ModelDescription } from "../../core/model-description.ts";
import { secondsWorked } from "../../core/run-event.ts";
import { leftUndone } from "../../core/step.ts";
import type { Workbench } from "../../core/task.ts";
import {
  type AttemptFact,
  attemptFacts,
  ofType,
  type ScriptFact,
  scriptFacts,
} from "./attempts.ts";
import { agentCosts, callCost, type StageCost, stageCosts } from "./costs.ts";
import { candidateOf, type Evidence } from "./evidence.ts";
import { type FailureGroup, failureGroups } from "./failures.ts";
import { packagesOf } from "./packages.ts";
import { repeatCommand } from "./repeat.ts";
import { type ReviewFact, reviewFacts } from "./reviews.ts";
import { stateOf } from "./run-state.ts";
import { type ValidationFact, validationOf } from "./validation.ts";

export interface AblationFact {
  id: string;
  summary: string;
  baseline: number | null;
  /** With each part disabled: the score, and by how much the solution is worse without the part. */
  effects: { part: string; score: number; loss: number | null }[];
  scripts: ScriptFact[];
}

/** Everything a report tells, derived from the run's folder and nothing else. */
export interface RunFacts {
  record: Evidence["record"];
  state: string;
  /** Why the run was left, when it failed. */
  problem: string | null;
  metric: string;
  direction: Direction;
  /** Null for a run that ended before its task was read. */
  modality: string | null;
  best: Evidence["best"];
  /** The execution whose files the best solution's are. */
  bestRun: ScriptFact | null;
  /** The candidate it is, or that its submission script was made from. */
  bestAttempt: AttemptFact | null;
  /** The execution whose log its score was read from. */
  scoredBy: ScriptFact | null;
  validation: ValidationFact;
  /** Steps that a cap left no room for, and what was last said of it. */
  leftOut: { steps: string[]; reason: string | null };
  firstScore: number | null;
  seconds: number;
  calls: CallCost;
  scripts: ScriptFact[];
  attempts: AttemptFact[];
  ablations: AblationFact[];
  models: { at: string; models: ModelDescription[] }[];
  leakageChecks: number;
  dataUsage: Evidence["dataUsage"];
  submissions: { id: string; kept: boolean; reason: string; scripts: ScriptFact[] }[];
  /** Every word of a person. */
  reviews: ReviewFact[];
  failures: FailureGroup[];
  agents: (CallCost & { name: string })[];
  stages: StageCost[];
  workbench: Workbench | null;
  /** What the final script needs of the workbench. */
  packages: Workbench["packages"];
  repeat: string;
}

/** Why scripts for the submission were refused: what they left was not valid, or not the predictions of their candidate. */
export const refusals = ({ submissions }: RunFacts): string[] =>
  submissions.flatMap(({ kept, reason }) => (kept ? [] : [reason]));

/** Derives the facts of a run. */
export function runFacts(evidence: Evidence): RunFacts {
  const { record, events, best, dataUsage } = evidence;
  const task = ofType(events, "task")[0];
  const direction = task?.direction ?? "minimize";
  const scripts = scriptFacts(evidence);
  const attempts = attemptFacts(evidence, scripts, direction);
  const bestAttempt =
    best === null ? undefined : attempts.find(({ id }) => id === candidateOf(best.id));
  const bestRun = scripts.find(({ id }) => id === best?.runId) ?? null;
  const below = (id: string) =>
    scripts.filter((script) => script.id === id || script.id.startsWith(`${id}/`));
  const workbench = ofType(events, "opened").findLast((event) => event.workbench)?.workbench;
  return {
    record,
    state: stateOf(events),
    problem: ofType(events, "closed").at(-1)?.problem ?? null,
    metric: task?.metric ?? record.metric ?? "score",
    direction,
    modality: task?.modality ?? null,
    best,
    bestRun,
    bestAttempt: bestAttempt ?? null,
    scoredBy:
      bestAttempt === undefined
        ? bestRun
        : (scripts.find(({ id }) => id === bestAttempt.scoredRun) ?? null),
    leftOut: {
      steps: leftUndone(events, record.settings),
      reason: ofType(events, "left-out").at(-1)?.reason ?? null,
    },
    validation: validationOf(evidence.scoredLog),
    firstScore: attempts.find(({ score }) => score !== null)?.score ?? null,
    seconds: secondsWorked(events),
    calls: callCost(ofType(events, "agent")),
    scripts,
    attempts,
    ablations: ofType(events, "ablation").map(({ at, summary, baseline, effects }) => ({
      id: at,
      summary,
      baseline,
      effects: effects.map(({ part, score }) => ({
        part,
        score,
        loss: baseline === null ? null : gain(score, baseline, direction),
      })),
      scripts: below(`${at}/ablation`),
    })),
    models: ofType(events, "models").map(({ at, models }) => ({ at, models })),
    leakageChecks: ofType(events, "agent").filter(
      ({ agent, problem }) => agent === "leakage-checker" && problem === null,
    ).length,
    dataUsage,
    submissions: ofType(events, "decision")
      .filter(({ subject }) => subject === "submission")
      .map(({ at, kept, reason }) => ({ id: at, kept, reason, scripts: below(at) })),
    reviews: reviewFacts(events),
    failures: failureGroups(scripts, attempts),
    agents: agentCosts(events),
    stages: stageCosts(events, direction),
    workbench: workbench ?? null,
    packages: packagesOf(best?.script ?? "", workbench?.packages ?? []),
    repeat: repeatCommand(record),
  };
}
