import { END, type LangGraphRunnableConfig, START, StateGraph } from "@langchain/langgraph";
import { debuggerAgent } from "../agents/debugger.ts";
import { leakageChecker } from "../agents/leakage-checker.ts";
import { type Candidate, gain } from "../src/core/candidate.ts";
import { OverBudgetError } from "../src/core/errors.ts";
import { inShort, problemOf, scoreOf } from "../src/core/outcome.ts";
import { Place } from "../src/core/place.ts";
import { locateBlock, swapBlock } from "../src/core/python-block.ts";
import { scoredBy } from "../src/record/attempt.ts";
import { debugPlace, EvaluateState, runPlace } from "./evaluate-state.ts";
import { begins, commonAt, decide, nodeOf, orElse } from "./node.ts";
import { joinsScripts, type Ports } from "./ports.ts";

/** The part of the time of all scripts that proofs of leads may take beside a hold-out. */
const MOST_OF_PROOFS = 0.1;

/**
 * Scores one script (EvalWithDebug with A_leakage and A_debugger; paper, section 3.4): runs it, measures what it predicts,
 * lets the debugger correct what fails, and mends what leaks. The leakage checker comes before each run, as in the paper,
 * or, where scores are measured, after it: when the script would be the best, or an alarm rings.
 */
export function evaluateGraph(ports: Ports) {
  const { journal, settings } = ports;
  const { ledger } = journal;
  /** As in the paper: the leakage checker comes before each run. */
  const checksFirst = () => joinsScripts(ports);
  const node = nodeOf<EvaluateState>(ports);

  const candidateIn = ({ at, title, script, lastRun }: EvaluateState): Candidate => {
    const run = lastRun === null ? null : journal.ledger.runOf(lastRun);
    return { id: at, title, script, run, score: null };
  };

  const correctLeak = ({ at, script, leakage }: EvaluateState) => {
    if (leakage === null) return {};
    const { explanation, correction } = leakage;
    const block = locateBlock(script, leakage.block);
    const swap = block && swapBlock(script, block, correction);
    const fixed = swap !== null && "script" in swap;
    const text = { block: block?.text ?? leakage.block, correction: fixed ? correction : null };
    journal.note({ type: "leakage", key: `${at}/leakage`, at, explanation, ...text });
    // What it scored with the leak counts for nothing.
    return fixed
      ? { script: swap.script, scored: null }
      : { problem: `validation or test rows reach training: ${explanation}`, scored: null };
  };

  const runScript = async (state: EvaluateState, { signal }: LangGraphRunnableConfig) => {
    const { script, purpose, firstRun, expects, joined } = state;
    const run = await unlessRefused(() =>
      ports.runPython({ id: runPlace(state), script, purpose, expects, joined, signal }),
    );
    if ("refused" in run) return { problem: run.refused, refused: true };
    const measuring = ports.measuring();
    const failed = problemOf(run, purpose, measuring == null ? scoredBy(ledger.task) : null);
    const measured =
      failed === null && purpose === "solution"
        ? await measuring?.measure(run.id, state.parent)
        : null;
    const hasScore =
      measured?.measurement != null || scoreOf(run, purpose, scoredBy(ledger.task)) !== null;
    return {
      problem: failed ?? measured?.problem ?? null,
      firstRun: firstRun ?? run.id,
      lastRun: run.id,
      ...(hasScore ? { scored: { script, runId: run.id } } : {}),
    };
  };

  /** Alarms of a measured script, and whether the leakage checker is to see it: for the best there would be, or an alarm. */
  const look = async (state: EvaluateState, { signal }: LangGraphRunnableConfig) => {
    const { at, script, lastRun: runId } = state;
    const measurement = runId === null ? null : ledger.measured(runId)?.measurement;
    const measuring = ports.measuring();
    if (measuring === null || runId === null || measurement == null) return { suspect: false };
    const alarms = await measuring.alarms(runId, script);
    const about = { at: Place.parse(at), parts: [runId] };
    const { kept: suspect, chosen } = decide(ports, "check", about, () => {
      const best = ledger.bestScript?.score ?? null;
      const lead = best === null ? Infinity : gain(best, measurement.score, ledger.direction);
      const isAlarmed = alarms.length > 0;
      const isAlone = ledger.ground?.mode === "folds";
      // Beside a hold-out, a first script and leads within chance are not worth a question: gaps tell, and what is submitted is proved.
      const isClear = lead > 0 && (isAlone || (best !== null && lead > measurement.error));
      const isProven = alarms.some(({ withdraws }) => withdraws);
      const reason =
        alarms[0]?.sentence ?? (isClear ? "it would be the best" : "it is not clearly the best");
      const proves = (isAlarmed || (isClear && (isAlone || proofPays(runId)))) && !isProven;
      return { chosen: proves ? [runId] : [], kept: isClear || isAlarmed, reason };
    });
    if (chosen.includes(runId))
      await unlessRefused(() => measuring.prove({ runId, script, signal }));
    return { suspect };
  };

  /** A proof takes as long as the script: together they may take a small part of the time of all scripts. */
  const proofPays = (runId: string) => {
    const seconds = ledger.runOf(runId)?.seconds ?? 0;
    const proofs = ledger.executions.filter(({ purpose }) => purpose === "proof");
    const before = proofs.reduce((sum, { run }) => sum + run.seconds, 0);
    return before + seconds <= MOST_OF_PROOFS * ledger.spent.scriptSeconds;
  };

  const askDebugger = (state: EvaluateState, runtime: LangGraphRunnableConfig) => {
    const { problem, fixes } = state;
    const about = { candidate: candidateIn(state), problem: problem ?? "", fixes };
    return debuggerAgent(ports)({ ...commonAt(ports, debugPlace(state)), ...about }, runtime);
  };

  const takeFix = ({ script, problem, draft, fixes }: EvaluateState) => ({
    script: draft,
    fixes: [...fixes, { problem: inShort(problem ?? ""), script }],
  });

  return new StateGraph(EvaluateState)
    .addNode(
      "leakage-checker",
      node(
        orElse(
          (state: EvaluateState, runtime: LangGraphRunnableConfig) =>
            leakageChecker(ports)(
              { ...commonAt(ports, state.at), candidate: candidateIn(state) },
              runtime,
            ),
          () => ({ leakage: null }),
        ),
      ),
    )
    .addNode("correct-leak", node(correctLeak))
    .addNode("run-script", node(runScript))
    .addNode("look", node(look))
    .addNode("debugger", node(orElse(askDebugger, () => ({ draft: "" }))))
    .addNode("take-fix", node(takeFix))
    .addConditionalEdges(
      START,
      ({ purpose, isOwn }) =>
        checksFirst() && settings.leakageCheck && purpose !== "ablation" && !isOwn
          ? "leakage-checker"
          : "run-script",
      ["leakage-checker", "run-script"],
    )
    .addConditionalEdges(
      "leakage-checker",
      ({ leakage }) => {
        if (leakage?.leaks) return "correct-leak";
        return checksFirst() ? "run-script" : END;
      },
      ["correct-leak", "run-script", END],
    )
    .addConditionalEdges(
      "correct-leak",
      ({ problem }) => {
        if (problem === null) return "run-script";
        return settings.debugRounds > 0 ? "debugger" : END;
      },
      ["run-script", "debugger", END],
    )
    .addConditionalEdges(
      "run-script",
      (state) => {
        const { refused, problem, fixes, purpose, isOwn } = state;
        const looks = !checksFirst() && !isOwn && purpose === "solution";
        if (problem === null && !refused && looks) return "look";
        if (problem === null || refused || isOwn || fixes.length >= settings.debugRounds)
          return END;
        const step = { kind: "debug" as const, at: debugPlace(state) };
        return purpose === "submission" || begins(ports, step) ? "debugger" : END;
      },
      ["look", "debugger", END],
    )
    .addConditionalEdges(
      "look",
      // What was mended is not read again, but its alarms count.
      ({ suspect, leakage }) =>
        suspect && leakage === null && settings.leakageCheck ? "leakage-checker" : END,
      ["leakage-checker", END],
    )
    .addConditionalEdges("debugger", ({ draft }) => (draft === "" ? END : "take-fix"), [
      "take-fix",
      END,
    ])
    .addEdge("take-fix", "run-script")
    .compile({ name: "evaluate" });
}

/** A script that a cap left no room for was never run: that is data, as a failure is. */
export async function unlessRefused<Result>(
  run: () => Promise<Result>,
): Promise<Result | { refused: string }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof OverBudgetError) return { refused: error.message };
    throw error;
  }
}
