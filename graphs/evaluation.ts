import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { Run, RunPurpose } from "../src/core/candidate.ts";
import { inShort, scoreOf } from "../src/core/outcome.ts";
import type { Place } from "../src/core/place.ts";
import { scoredBy } from "../src/record/attempt.ts";
import type { Journal } from "../src/record/journal.ts";
import { standsOnMembers } from "../src/record/members.ts";
import { evaluateGraph } from "./evaluate.ts";
import { nested } from "./node.ts";
import { joinsScripts, type Ports } from "./ports.ts";

/** A script to be evaluated: what it is for, and where it comes from. */
export interface Fresh {
  at: Place;
  purpose: RunPurpose;
  title: string;
  script: string;
  parent?: string;
  /** The candidates that it combines. */
  members?: readonly string[];
  plan?: string;
  /** The program's own script is neither checked nor mended. */
  isOwn?: boolean;
  /** Seconds that it took before: without as much time left it is not begun. */
  expects?: number;
}

/** What evaluating a script came to: the version that ran, with its run, its score, and what stayed wrong with it. */
export interface Outcome {
  /** The place; with a number where another script ran there before. */
  id: string;
  script: string;
  run: Run | null;
  score: number | null;
  problem: string | null;
  /** Whether a cap of the run kept the script from running. */
  refused: boolean;
}

/** Evaluates a script at its place in the run, from inside a node of another graph; a solution is a candidate from then on. */
export type Evaluate = (fresh: Fresh, runtime: LangGraphRunnableConfig) => Promise<Outcome>;

/** The evaluation of all scripts of a run: one compiled graph for all who end in it. */
export interface Evaluation {
  graph: ReturnType<typeof evaluateGraph>;
  evaluate: Evaluate;
}

export function evaluationOf(ports: Ports): Evaluation {
  const { journal } = ports;
  const { ledger } = journal;
  const graph = evaluateGraph(ports);
  const evaluate: Evaluate = async (fresh, runtime) => {
    const { purpose, title, script, isOwn = false, expects = null } = fresh;
    const at = fresh.at.text;
    const parent = ledger.find(fresh.parent ?? "")?.run?.id ?? null;
    const parts = joinsScripts(ports) ? (fresh.members ?? []) : [];
    const joined = parts.reduce((sum, id) => sum + (ledger.find(id)?.run?.seconds ?? 0), 0);
    const end = await graph.invoke(
      { at, purpose, title, script, isOwn, parent, expects, joined },
      nested(runtime),
    );
    const runId = end.scored?.runId ?? end.lastRun;
    const run = runId === null ? null : ledger.runOf(runId);
    const measured = runId === null ? null : (ledger.measured(runId)?.measurement ?? null);
    // A leak that could not be mended leaves no score, whatever was measured of it.
    const counts = run !== null && (end.scored !== null || measured === null);
    const outcome = {
      id: end.firstRun ?? at,
      script: end.scored?.script ?? end.script,
      run,
      score: counts ? (measured?.score ?? scoreOf(run, purpose, scoredBy(ledger.task))) : null,
      problem: end.problem,
      refused: end.refused,
    };
    if (purpose === "solution") {
      noteCandidate(journal, fresh, outcome);
      const { measurement, score } = ledger.candidate(outcome.id);
      const isMember = measurement !== null && score !== null && !standsOnMembers(outcome.script);
      if (!joinsScripts(ports) && isMember) await ports.measuring()?.blend(fresh.at.blend.text);
    }
    return outcome;
  };
  return { graph, evaluate };
}

/** Records a candidate: one that could not be made has its problem in place of a run. */
export function noteCandidate(
  journal: Journal,
  { title, parent, members = [], plan }: Omit<Fresh, "at" | "purpose" | "script">,
  { id, script, run, score, problem }: Omit<Outcome, "refused">,
): void {
  journal.note({
    type: "candidate",
    // What was never run may still be, with another end.
    key: run === null ? `${id}/candidate, not run` : `${id}/candidate`,
    at: id,
    ...{ title, script, score, members: [...members] },
    ...{ parent: parent ?? null, plan: plan ?? null },
    runId: run?.id ?? null,
    problem: score === null ? inShort(problem ?? "it printed no score") : null,
  });
}
