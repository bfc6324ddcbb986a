import {
  END,
  type GraphNode,
  type LangGraphRunnableConfig,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { withLangGraph } from "@langchain/langgraph/zod";
import { z } from "zod";
import { debuggerAgent } from "../agents/debugger.ts";
import { leakageChecker } from "../agents/leakage-checker.ts";
import { Candidate, type Run } from "../src/core/candidate.ts";
import { InterruptedError, OverBudgetError } from "../src/core/errors.ts";
import { inShort, problemOf, scoreOf } from "../src/core/outcome.ts";
import type { InnerPorts, Ports, RunPurpose } from "../src/core/ports.ts";
import { locateBlock, swapBlock } from "../src/core/python-block.ts";
import { Common, DebuggerInput, LeakageCheckerAnswer } from "../src/core/questions.ts";
import { begins } from "./affordable.ts";
import { nested, orElse } from "./nested.ts";

const Fix = DebuggerInput.shape.fixes.element;

const EvaluateState = Common.extend({
  purpose: z.enum(["solution", "ablation", "submission"]),
  candidate: Candidate,
  /** What the leakage checker found; null when it was not asked or gave no usable answer. */
  leakage: LeakageCheckerAnswer.nullable().default(null),
  /** What the last run, or the leak, leaves to mend; null when all is well. */
  problem: z.string().nullable().default(null),
  /** Whether a cap of the run kept the script from running. */
  refused: z.boolean().default(false),
  /** The debugger's newest script; empty when it had none. */
  draft: z.string().default(""),
  fixes: withLangGraph(z.array(Fix), {
    default: () => [],
    reducer: {
      schema: Fix,
      fn: (fixes: z.infer<typeof Fix>[], fix: z.infer<typeof Fix>) => [...fixes, fix],
    },
  }),
  /** The latest version that earned a score. */
  scored: Candidate.nullable().default(null),
});
type EvaluateNode = GraphNode<typeof EvaluateState>;

/**
 * Scores one script (EvalWithDebug with A_leakage before and A_debugger after; paper, section 3.4): mends what leaks,
 * runs, lets the debugger correct what fails, and returns the script that ran together with the score it printed.
 */
export function evaluateGraph(ports: InnerPorts) {
  const node = (typed: EvaluateNode) => typed;

  const correctLeak: EvaluateNode = ({ at, candidate, leakage }) => {
    if (leakage === null) return {};
    const block = locateBlock(candidate.script, leakage.block);
    const swap = block && swapBlock(candidate.script, block, leakage.correction);
    const fixed = swap !== null && "script" in swap;
    ports.note({
      type: "leakage",
      key: `${at}/leakage`,
      at,
      leaks: true,
      explanation: leakage.explanation,
      fixed,
    });
    return fixed
      ? { candidate: { ...candidate, script: swap.script } }
      : { problem: `validation or test rows reach training: ${leakage.explanation}` };
  };

  const runScript: EvaluateNode = async ({ at, task, purpose, candidate, fixes }, { signal }) => {
    const id = fixes.length === 0 ? at : `${at}/debug-${fixes.length}`;
    const run = await unlessRefused(() =>
      ports.runPython({ id, script: candidate.script, purpose, signal }),
    );
    if ("refused" in run) {
      const reason = run.refused;
      ports.note({ type: "left-out", key: `${id}/left out`, at: id, step: "script", reason });
      return { problem: reason, refused: true };
    }
    if (run.outcome === "aborted") throw new InterruptedError(`${run.id}: the run was interrupted`);
    // A place that was used for another script before has a number added to it.
    const own = fixes.length === 0 ? run.id : candidate.id;
    const scored = { ...candidate, id: own, run, score: scoreOf(run, purpose) };
    if (purpose === "solution" && scored.score !== null)
      await ports.promote.whenBetter(scored, task.direction);
    const problem = problemOf(run, purpose);
    return { candidate: scored, problem, ...(scored.score === null ? {} : { scored }) };
  };

  const askDebugger: EvaluateNode = (state, runtime) =>
    debuggerAgent(ports)({ ...state, problem: state.problem ?? "" }, runtime);

  const takeFix: EvaluateNode = ({ candidate, problem, draft }) => ({
    candidate: { ...candidate, script: draft, run: null, score: null },
    fixes: { problem: inShort(problem ?? ""), script: candidate.script },
  });

  return new StateGraph(EvaluateState)
    .addNode("leakage-checker", node(orElse(leakageChecker(ports), () => ({ leakage: null }))))
    .addNode("correct-leak", node(correctLeak))
    .addNode("run-script", node(runScript))
    .addNode("debugger", node(orElse(askDebugger, () => ({ draft: "" }))))
    .addNode("take-fix", node(takeFix))
    .addConditionalEdges(
      START,
      ({ purpose, settings }) =>
        settings.leakageCheck && purpose !== "ablation" ? "leakage-checker" : "run-script",
      ["leakage-checker", "run-script"],
    )
    .addConditionalEdges(
      "leakage-checker",
      ({ leakage }) => (leakage?.leaks ? "correct-leak" : "run-script"),
      ["correct-leak", "run-script"],
    )
    .addConditionalEdges(
      "correct-leak",
      ({ problem, settings }) => {
        if (problem === null) return "run-script";
        return settings.debugRounds > 0 ? "debugger" : END;
      },
      ["run-script", "debugger", END],
    )
    .addConditionalEdges(
      "run-script",
      ({ at, refused, problem, fixes, settings, purpose }) => {
        if (problem === null || refused || fixes.length >= settings.debugRounds) return END;
        const step = { kind: "debug" as const, at: `${at}/debug-${fixes.length + 1}` };
        return purpose === "submission" || begins(ports, step) ? "debugger" : END;
      },
      ["debugger", END],
    )
    .addConditionalEdges("debugger", ({ draft }) => (draft === "" ? END : "take-fix"), [
      "take-fix",
      END,
    ])
    .addEdge("take-fix", "run-script")
    .compile({ name: "evaluate" });
}

/** A script that a cap left no room for was never run: that is data, as a failure is. */
async function unlessRefused(run: () => Promise<Run>): Promise<Run | { refused: string }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof OverBudgetError) return { refused: error.message };
    throw error;
  }
}

/** What evaluating a script came to: the version that ran with its score, and what stayed wrong with it. */
export interface Outcome {
  candidate: Candidate;
  problem: string | null;
  /** Whether a cap of the run kept the script from running. */
  refused: boolean;
  /** The leaking block that was corrected before the run; null when none was. */
  leak: string | null;
}

/** Evaluates a new script at its place in the run, from inside a node of another graph. */
export function evaluateWith(graph: ReturnType<typeof evaluateGraph>) {
  return async (
    common: Common,
    fresh: { title: string; script: string; purpose: RunPurpose },
    runtime: LangGraphRunnableConfig,
  ): Promise<Outcome> => {
    const { at, task, workbench, settings } = common;
    const { title, script, purpose } = fresh;
    const candidate = { id: at, title, script, run: null, score: null };
    const end = await graph.invoke(
      { at, task, workbench, settings, purpose, candidate },
      nested(runtime),
    );
    const { scored, problem, refused, leakage } = end;
    return {
      candidate: scored ?? end.candidate,
      problem,
      refused,
      leak: leakage?.leaks ? leakage.block : null,
    };
  };
}

/** Withdraws the score of a base whose own text turned out to leak; returns the base as it counts from now on. */
export async function trusted(
  base: Candidate,
  { candidate, leak }: Outcome,
  { promote }: Pick<Ports, "promote">,
): Promise<Candidate> {
  if (leak === null || candidate.score === null || locateBlock(base.script, leak) === null)
    return base;
  await promote.distrust(base);
  return { ...base, score: null };
}
