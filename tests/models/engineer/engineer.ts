import { z } from "zod";
import type { Candidate } from "../../../src/core/candidate.ts";
import { ModelDescription } from "../../../src/core/model-description.ts";
import { pythonBlock } from "../../../src/core/python-block.ts";
import {
  type Common,
  DataUsageCheckerAnswer,
  ExtractorAnswer,
  LeakageCheckerAnswer,
  PlannerAnswer,
} from "../../../src/core/questions.ts";
import { offlineModel } from "../../../src/models/engineer/offline-model.ts";

const model = offlineModel();
const Models = z.object({ models: z.array(ModelDescription) });

const question = (agent: string, common: Common, more: object) => ({
  agent,
  role: "coding" as const,
  at: common.at,
  parts: {},
  prompt: "",
  input: { ...common, ...more },
});

/** Asks the built-in engineer for prose. */
export const prose = (agent: string, common: Common, more: object): Promise<string> =>
  model.text(question(agent, common, more));

/** Asks the built-in engineer for code. */
export async function code(agent: string, common: Common, more: object): Promise<string> {
  const script = pythonBlock(await prose(agent, common, more));
  if (script === null) throw new Error(`${agent} answered without code`);
  return script;
}

/** Asks the built-in engineer for data. */
export const data = {
  retriever: (common: Common, more: object) =>
    model.data({ ...question("retriever", common, more), schema: Models }),
  extractor: (common: Common, more: object) =>
    model.data({ ...question("extractor", common, more), schema: ExtractorAnswer }),
  plan: async (common: Common, more: object) =>
    (await model.data({ ...question("planner", common, more), schema: PlannerAnswer })).plan,
  leakage: (common: Common, more: object) =>
    model.data({ ...question("leakage-checker", common, more), schema: LeakageCheckerAnswer }),
  usage: (common: Common, more: object) =>
    model.data({ ...question("data-usage-checker", common, more), schema: DataUsageCheckerAnswer }),
};

/** A script as the solution that others start from. */
export const solution = (script: string, id = "track-1/model-1"): Candidate => ({
  id,
  title: id,
  script,
  run: null,
  score: null,
});

/** A description that names a model of the catalogue. */
export const described = (name: string) => ({
  name,
  description: "",
  exampleCode: "model = ...",
  sources: [],
});
