import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { ablator } from "../agents/ablator.ts";
import { summarizer } from "../agents/summarizer.ts";
import { ablationEffects } from "../src/core/score.ts";
import type { Evaluate } from "./evaluation.ts";
import { commonAt } from "./node.ts";
import type { Ports } from "./ports.ts";
import { type RefinementState, stepPlace } from "./refinement-state.ts";

type Runtime = LangGraphRunnableConfig;

/** The study that a step begins with: which part of the script matters most (A_abl, A_summarize; paper, section 3.2). */
export function ablationNodes(ports: Ports, evaluate: Evaluate) {
  const { journal } = ports;
  const { ledger } = journal;
  const told = (state: RefinementState) => ({
    ...commonAt(ports, stepPlace(state).ablation.text),
    base: ledger.candidate(state.base),
  });

  const askAblator = (state: RefinementState, runtime: Runtime) =>
    ablator(ports)({ ...told(state), summaries: state.summaries }, runtime);

  const runAblation = async (state: RefinementState, runtime: Runtime) => {
    const at = stepPlace(state).ablation;
    const fresh = { at, title: "ablation", purpose: "ablation" as const };
    const { script, run } = await evaluate({ ...fresh, script: state.ablationScript }, runtime);
    return { ablation: run === null ? null : { script, runId: run.id } };
  };

  const summarize = async (state: RefinementState, runtime: Runtime) => {
    const run = state.ablation && ledger.runOf(state.ablation.runId);
    if (state.ablation === null || run === null) return {};
    const { ok, stdout, stderr } = run;
    const ablation = { script: state.ablation.script, ok, stdout, stderr };
    const at = stepPlace(state);
    const { summary } = await summarizer(ports)({ ...told(state), ablation }, runtime);
    const effects = ablationEffects(stdout);
    journal.note({ type: "ablation", key: `${at}/ablation`, at: at.text, summary, ...effects });
    return { summary };
  };

  return { askAblator, runAblation, summarize };
}
