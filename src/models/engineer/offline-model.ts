import { z } from "zod";
import { AgentOutputError } from "../../core/errors.ts";
import type { Ask, Model } from "../../core/ports.ts";
import * as questions from "../../core/questions.ts";
import { type Facts, factsOf } from "./recipe/facts.ts";
import { ablator } from "./rules/ablator.ts";
import { coder } from "./rules/coder.ts";
import { dataUsageChecker } from "./rules/data-usage-checker.ts";
import { debuggerRule } from "./rules/debugger.ts";
import { ensemblePlanner } from "./rules/ensemble-planner.ts";
import { ensembler } from "./rules/ensembler.ts";
import { extractor } from "./rules/extractor.ts";
import { initializer } from "./rules/initializer.ts";
import { leakageChecker } from "./rules/leakage-checker.ts";
import { merger } from "./rules/merger.ts";
import { planner } from "./rules/planner.ts";
import { retriever } from "./rules/retriever.ts";
import { submitter } from "./rules/submitter.ts";
import { summarizer } from "./rules/summarizer.ts";

/** A rule that is told its question, and the facts of the task it is about. */
const rule =
  <Input extends questions.Common>(
    schema: z.ZodType<Input>,
    answer: (input: Input, facts: Facts) => unknown,
  ) =>
  (given: unknown): unknown => {
    const input = schema.parse(given);
    return answer(input, factsOf(input));
  };

/** A rule that answers with Python code. */
const code = <Input extends questions.Common>(
  schema: z.ZodType<Input>,
  answer: (input: Input, facts: Facts) => string,
) => rule(schema, (input, facts) => `\`\`\`python\n${answer(input, facts).trimEnd()}\n\`\`\``);

/** The agents that the built-in engineer plays; any other is not for it. */
const RULES: Readonly<Record<string, (given: unknown) => unknown>> = {
  retriever: rule(questions.RetrieverInput, retriever),
  initializer: code(questions.InitializerInput, initializer),
  merger: code(questions.MergerInput, merger),
  ablator: code(questions.AblatorInput, ablator),
  summarizer: rule(questions.SummarizerInput, summarizer),
  extractor: rule(questions.ExtractorInput, extractor),
  planner: rule(questions.PlannerInput, planner),
  coder: code(questions.CoderInput, coder),
  debugger: code(questions.DebuggerInput, debuggerRule),
  "leakage-checker": rule(questions.LeakageCheckerInput, leakageChecker),
  "data-usage-checker": rule(questions.DataUsageCheckerInput, dataUsageChecker),
  "ensemble-planner": rule(questions.EnsemblePlannerInput, ensemblePlanner),
  ensembler: code(questions.EnsemblerInput, ensembler),
  submitter: code(questions.SubmitterInput, submitter),
};

/** The built-in engineer: answers every agent by rules from its typed input, never reads the prompt, remembers nothing. */
export const offlineModel = (): Model => ({
  text: async (ask) => z.string().parse(answer(ask)),
  data: async (ask) => ask.schema.parse(answer(ask)),
});

function answer({ agent, signal, input }: Ask): unknown {
  signal?.throwIfAborted();
  const rule = RULES[agent];
  if (rule === undefined) throw new AgentOutputError(agent, "not for the built-in engineer");
  return rule(input);
}
