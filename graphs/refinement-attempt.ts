import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { coder } from "../agents/coder.ts";
import { extractor } from "../agents/extractor.ts";
import { planner } from "../agents/planner.ts";
import { gain } from "../src/core/candidate.ts";
import type { Place } from "../src/core/place.ts";
import { blockAfter, locateBlock, rewritten } from "../src/core/python-block.ts";
import { NOT_ABLATED } from "../src/core/questions.ts";
import { titleOf } from "../src/core/tried-plan.ts";
import { triedPlans } from "../src/record/tried-plans.ts";
import { type Evaluate, noteCandidate } from "./evaluation.ts";
import { commonAt } from "./node.ts";
import { blendsSpeak, isUnbound, type Ports } from "./ports.ts";
import { attemptPlace, type RefinementState, startOf, stepPlace } from "./refinement-state.ts";
import { reviewText } from "./review.ts";

type Runtime = LangGraphRunnableConfig;

/** How often the extractor is asked until its block can be found in the script. */
export const EXTRACTIONS = 3;

/** One attempt of a step: what to change, how, and what the change comes to (A_extractor, A_planner, A_coder; paper, section 3.2). */
export function attemptNodes(ports: Ports, evaluate: Evaluate) {
  const { journal, settings } = ports;
  const { ledger } = journal;
  const free = isUnbound(ports);
  const baseOf = ({ base }: RefinementState) => ledger.candidate(base);
  const startingScript = (state: RefinementState) => ledger.candidate(startOf(state).id);
  const told = (state: RefinementState, place: Place) => ({
    ...commonAt(ports, place.text),
    base: baseOf(state),
  });
  const tried = (state: RefinementState) => {
    const plans = triedPlans(ledger, state.attempts, baseOf(state).score);
    return blendsSpeak(ports) ? plans : plans.map((plan) => ({ ...plan, blendGain: null }));
  };

  const extract = async (state: RefinementState, runtime: Runtime) => {
    const { summary, earlierBlocks, complaint: before } = state;
    const about = { summary: summary ?? NOT_ABLATED, earlierBlocks, complaint: before };
    const asked = { ...told(state, stepPlace(state)), ...about };
    const { extraction } = await extractor(ports)(asked, runtime);
    const { block, firstLine: first, lastLine: last, plan } = extraction;
    const { script } = baseOf(state);
    if (free && plan.trim() === "")
      return { extractions: EXTRACTIONS, refusals: state.refusals + 1 };
    const scope = free ? extraction.scope : "block";
    if (scope === "script") return { target: { text: script, start: 0 }, plan, scope };
    const lines = first === null || last === null ? null : { first, last };
    const target = locateBlock(script, block, lines);
    const complaint =
      target === null ? `This block does not stand exactly once in the script:\n${block}` : null;
    return { target, plan, scope, complaint, extractions: state.extractions + 1 };
  };

  const askPlanner = async (state: RefinementState, runtime: Runtime) => {
    const fresh = { ...state, fromOriginal: false };
    const about = {
      base: startingScript(fresh),
      block: startOf(fresh).target?.text ?? "",
      attempts: tried(state),
      isLead: state.lead !== null,
    };
    const asked = { ...told(state, attemptPlace(state)), ...about };
    const { proposal } = await planner(ports)(asked, runtime);
    const { plan, scope, from } = proposal;
    if (!free) return { plan };
    if (plan.trim() === "")
      return { plan: "", tries: settings.innerSteps, refusals: state.refusals + 1 };
    return { plan, scope, fromOriginal: from === "original" };
  };

  const review = (state: RefinementState) => {
    const { plan, scope } = state;
    const at = attemptPlace(state).text;
    const title =
      scope === "script"
        ? `${at}: plan for the whole script`
        : `${at}: plan for the block\n\n${fenced(startOf(state).target?.text ?? "")}`;
    return { plan: reviewText(plan, { at, ports, subject: "plans", title }) ?? plan };
  };

  const askCoder = (state: RefinementState, runtime: Runtime) => {
    const { plan, scope } = state;
    const base = startingScript(state);
    const about = { base, block: targetOf(state)?.text ?? "", plan, scope };
    return coder(ports)({ ...told(state, attemptPlace(state)), ...about }, runtime);
  };

  /** What the next attempt replaces of the script that it starts from. */
  const targetOf = (state: RefinementState) =>
    state.scope === "script"
      ? { text: startingScript(state).script, start: 0 }
      : startOf(state).target;

  const scoreAttempt = async (state: RefinementState, runtime: Runtime) => {
    const { plan, replacement, tries, attempts } = state;
    const at = attemptPlace(state);
    const [start, target] = [startingScript(state), targetOf(state)];
    if (target === null) return {};
    const origin = { title: titleOf(plan), parent: start.id, plan };
    const changed = rewritten(start.script, target, replacement);
    if ("problem" in changed) {
      const failed = { id: at.text, script: "", run: null, score: null, ...changed };
      noteCandidate(journal, origin, failed);
      return { tries: tries + 1, attempts: [...attempts, at.text] };
    }
    const made = await evaluate({ at, ...origin, ...changed, purpose: "solution" }, runtime);
    const after = { tries: tries + 1, attempts: [...attempts, made.id] };
    const best = ledger.candidate(state.lead?.id ?? state.base).score;
    const leads =
      made.score !== null && (best === null || gain(best, made.score, ledger.direction) > 0);
    if (!free || !leads) return after;
    return {
      ...after,
      lead: { id: made.id, target: blockAfter(start.script, target, made.script) },
    };
  };

  return { tried, extract, askPlanner, review, askCoder, scoreAttempt };
}

const fenced = (code: string) => `\`\`\`python\n${code}\n\`\`\``;
