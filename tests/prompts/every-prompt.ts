import { ablatorPrompt } from "../../prompts/ablator.ts";
import { coderPrompt } from "../../prompts/coder.ts";
import { dataUsageCheckerPrompt } from "../../prompts/data-usage-checker.ts";
import { debuggerPrompt } from "../../prompts/debugger.ts";
import { ensemblePlannerPrompt } from "../../prompts/ensemble-planner.ts";
import { ensemblerPrompt } from "../../prompts/ensembler.ts";
import { explorerPrompt } from "../../prompts/explorer.ts";
import { extractorPrompt } from "../../prompts/extractor.ts";
import { initializerPrompt } from "../../prompts/initializer.ts";
import { leakageCheckerPrompt } from "../../prompts/leakage-checker.ts";
import { mergerPrompt } from "../../prompts/merger.ts";
import { plannerPrompt } from "../../prompts/planner.ts";
import { queryWriterPrompt } from "../../prompts/query-writer.ts";
import { retrieverPrompt } from "../../prompts/retriever.ts";
import { submitterPrompt } from "../../prompts/submitter.ts";
import { summarizerPrompt } from "../../prompts/summarizer.ts";
import { taskAnalystPrompt } from "../../prompts/task-analyst.ts";
import { inputs } from "./inputs.ts";

type Inputs = typeof inputs;

/** All prompts rendered from the same kind of inputs, by agent. */
export const everyPrompt = (given: Inputs = inputs): Record<string, string> => ({
  "task-analyst": taskAnalystPrompt(given.taskAnalyst),
  "query-writer": queryWriterPrompt(given.queryWriter),
  explorer: explorerPrompt(given.explorer),
  retriever: retrieverPrompt(given.retriever),
  initializer: initializerPrompt(given.initializer),
  merger: mergerPrompt(given.merger),
  "leakage-checker": leakageCheckerPrompt(given.leakageChecker),
  "data-usage-checker": dataUsageCheckerPrompt(given.dataUsageChecker),
  ablator: ablatorPrompt(given.ablator),
  summarizer: summarizerPrompt(given.summarizer),
  extractor: extractorPrompt(given.extractor),
  planner: plannerPrompt(given.planner),
  coder: coderPrompt(given.coder),
  debugger: debuggerPrompt(given.debuggerInput),
  "ensemble-planner": ensemblePlannerPrompt(given.ensemblePlanner),
  ensembler: ensemblerPrompt(given.ensembler),
  submitter: submitterPrompt(given.submitter),
});
