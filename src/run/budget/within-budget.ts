import type { Run } from "../../core/candidate.ts";
import { OverBudgetError } from "../../core/errors.ts";
import type { Ask, Model, RunRequest } from "../../core/ports.ts";
import type { RunBudget } from "./run-budget.ts";

/** A model that is not asked once a cap is reached. Answers that were kept are above it, and cost nothing. */
export function heldModel(model: Model, budget: RunBudget): Model {
  const held = <Answer>({ agent, prompt }: Ask, ask: () => Promise<Answer>) =>
    budget.within({ type: "call", agent, tokens: prompt.length / 4 }, ask, (reason) => {
      throw new OverBudgetError(`the ${agent} was not asked: ${reason}`);
    });
  return {
    text: (ask) => held(ask, () => model.text(ask)),
    data: (ask) => held(ask, () => model.data(ask)),
  };
}

/** What a Python runner asks before it runs a script that it knows nothing of. */
export const admitWithin =
  (budget: RunBudget) =>
  async (request: RunRequest, run: () => Promise<Run>): Promise<Run> => {
    const { id, purpose, expects } = request;
    const { leftSeconds: left } = budget.timeLimit(request);
    if (expects != null && expects > left)
      throw new OverBudgetError(
        `${id} was not run: it takes about ${Math.round(expects)} s, and ${left} s are left`,
      );
    return budget.within({ type: "script", purpose }, run, (reason) => {
      throw new OverBudgetError(`${id} was not run: ${reason}`);
    });
  };
