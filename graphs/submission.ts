import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { submitter } from "../agents/submitter.ts";
import { scoreOf } from "../src/core/outcome.ts";
import { Place } from "../src/core/place.ts";
import { type Attempt, hasSubmission, scoredBy } from "../src/record/attempt.ts";
import { ownOf } from "../src/record/handed-out.ts";
import { driftOf } from "./drift.ts";
import type { Evaluation, Outcome } from "./evaluation.ts";
import { finalRun, isFinal } from "./final-run.ts";
import { commonAt, nodeOf, orElse } from "./node.ts";
import { pickFinalist } from "./pick-finalist.ts";
import { joinsScripts, type Ports } from "./ports.ts";
import { reviewText } from "./review.ts";
import { placeOf, proposalOf, SubmissionState } from "./submission-state.ts";

/** How many finalists may fail to make a submission before the best one so far is left to stand. */
const FINALISTS = 3;

type Runtime = LangGraphRunnableConfig;

/**
 * Makes the submission of the best finalist (A_test; paper, section 3.4): its script for all rows is written, run, and held
 * against what it was made from. What fails falls back to the finalist's own script, then to the next that counts, and
 * where nothing ever had a submission to a plain baseline.
 */
export function submissionGraph(ports: Ports, { graph, evaluate }: Evaluation) {
  const { journal, settings } = ports;
  const { ledger } = journal;
  const node = nodeOf<SubmissionState>(ports);

  const pick = async ({ at, candidates, turns }: SubmissionState, { signal }: Runtime) => {
    const place = Place.parse(at).finalist(turns + 1);
    const finalist =
      turns < FINALISTS
        ? await pickFinalist(ports, { at: place, candidates, turns, signal })
        : null;
    return { finalist, turns: turns + 1, script: null, fallsBack: false };
  };

  const submit = async (state: SubmissionState, runtime: Runtime) => {
    const candidate = finalistOf(state);
    const asked = { ...commonAt(ports, placeOf(state).text), candidate };
    const { draft } = await submitter(ports)(asked, runtime);
    return { script: draft };
  };

  const finalistOf = ({ finalist }: SubmissionState): Attempt => ledger.candidate(finalist ?? "");

  const review = (state: SubmissionState) => {
    const at = placeOf(state).text;
    const finalist = finalistOf(state);
    const title = `${at}: the script to be submitted, made from: ${finalist.title}`;
    const about = { at, ports, subject: "submission" as const, title };
    const proposed = state.script ?? proposalOf(finalist);
    const script = reviewText(proposed, about);
    if (script === null) {
      const { id: candidate, title } = finalist;
      const left = { candidate, title, kept: false, reason: "a person left it out" };
      noteSubmission(placeOf(state), left, { script: proposed, run: null });
    }
    return { script };
  };

  const score = async (state: SubmissionState, runtime: Runtime) => {
    const { script, fallsBack, candidates } = state;
    if (script === null) return {};
    const candidate = finalistOf(state);
    const { id, title } = candidate;
    const at = fallsBack ? placeOf(state).own : placeOf(state);
    const isSubmitted = script === candidate.script && isFinal(ports, candidate);
    const outcome: Omit<Outcome, "id" | "score"> = isSubmitted
      ? { script, run: candidate.run, problem: null, refused: false }
      : await evaluate({ at, title, script, purpose: "submission" }, runtime);
    // Without room for a submission the best solution so far stands.
    if (outcome.refused) return { turns: FINALISTS, script: null };
    // A leak in this script may stand in the finalist's own as well.
    const { withdrawn } = finalistOf(state);
    const failure = withdrawn ?? (await failureOf(outcome, candidate, candidates));
    const kept = failure === null;
    noteSubmission(at, { candidate: id, title, kept, reason: failure ?? title }, outcome);
    if (kept) return { solution: id };
    return fallsBack || withdrawn !== null || script === candidate.script
      ? { script: null }
      : { script: candidate.script, fallsBack: true };
  };

  const failureOf = async (
    { run, problem }: Pick<Outcome, "run" | "problem">,
    candidate: Attempt,
    candidates: readonly string[],
  ) => {
    if (run?.submission?.valid !== true) return problem ?? "it left no valid submission";
    // A person has seen the script and wants just this.
    if (settings.review.includes("submission")) return null;
    return driftOf(ports, candidate, { runId: run.id, among: candidates, most: FINALISTS - 1 });
  };

  const noteSubmission = (
    at: Place,
    told: { candidate: string | null; title: string; kept: boolean; reason: string },
    { script, run }: Pick<Outcome, "script" | "run">,
  ) =>
    journal.note({
      type: "submission",
      key: `${at}/submission`,
      at: at.text,
      ...told,
      script,
      runId: run?.id ?? null,
      blend: null,
      score: run === null ? null : scoreOf(run, "submission", scoredBy(journal.ledger.task)),
    });

  /** The finalist's final run; where it fails, what the search left of it stands. */
  const runFinal = async (state: SubmissionState, runtime: Runtime) => {
    const finalist = finalistOf(state);
    const { id: candidate, title, script, blend } = finalist;
    const at = placeOf(state);
    const { runId, submission, problem } = isFinal(ports, finalist)
      ? { ...ownOf(finalist), submission: finalist.run?.submission ?? null, problem: null }
      : await finalRun(ports, evaluate, { at, finalist, runtime });
    const isNew = submission?.valid === true && problem === null;
    const kept = isNew || hasSubmission(finalist);
    const files = isNew ? runId : (finalist.run?.id ?? runId);
    const reason = isNew ? title : `${problem ?? "it left none"}: that of the search stands`;
    const told = { candidate, title, kept, reason, blend, script, score: finalist.claim };
    const key = `${at}/submission`;
    journal.note({ type: "submission", key, at: at.text, runId: files, ...told });
    return kept ? { solution: candidate } : { script: null };
  };

  const standIn = async (state: SubmissionState, runtime: Runtime) => {
    const at = Place.parse(state.at).baseline;
    const script = ports.baseline(commonAt(ports, at.text));
    if (script === null) return {};
    const title = "plain baseline";
    const outcome = await evaluate(
      { at, title, script, purpose: "submission", isOwn: true },
      runtime,
    );
    const kept = outcome.run?.submission?.valid === true;
    const reason = "no candidate left a score and a valid submission: this is a plain baseline";
    noteSubmission(at, { candidate: null, title, kept, reason }, outcome);
    return {};
  };

  const afterPick = ({ finalist }: SubmissionState) => {
    if (finalist !== null) return joinsScripts(ports) ? "submitter" : "review-submission";
    return ledger.handedOut === null ? "baseline" : END;
  };

  /** What was proposed is run as it was in the search; a script that a person put in its place, by itself. */
  const afterReview = (state: SubmissionState) => {
    if (state.script === null) return "pick-finalist";
    const isProposed = state.script === proposalOf(finalistOf(state));
    return isProposed && !joinsScripts(ports) ? "final-run" : "evaluate";
  };

  const afterScore = ({ solution, script, turns }: SubmissionState) => {
    if (solution !== null) return END;
    if (script !== null) return "evaluate";
    return turns < FINALISTS || ledger.handedOut === null ? "pick-finalist" : END;
  };

  return new StateGraph(SubmissionState)
    .addNode("pick-finalist", node(pick))
    .addNode(
      "submitter",
      node(orElse(submit, (_, state: SubmissionState) => ({ script: finalistOf(state).script }))),
    )
    .addNode("review-submission", node(review))
    .addNode("evaluate", node(score), { subgraphs: [graph] })
    .addNode("final-run", node(runFinal), { subgraphs: [graph] })
    .addNode("baseline", node(standIn), { subgraphs: [graph] })
    .addEdge(START, "pick-finalist")
    .addConditionalEdges("pick-finalist", afterPick, [
      "submitter",
      "review-submission",
      "baseline",
      END,
    ])
    .addConditionalEdges("final-run", afterScore, ["evaluate", "pick-finalist", END])
    .addEdge("submitter", "review-submission")
    .addConditionalEdges("review-submission", afterReview, [
      "evaluate",
      "final-run",
      "pick-finalist",
    ])
    .addConditionalEdges("evaluate", afterScore, ["evaluate", "pick-finalist", END])
    .addEdge("baseline", END)
    .compile({ name: "submission" });
}
