import { OverBudgetError } from "./core/errors.ts";
import type { Ask, Model, RunPython } from "./core/ports.ts";
import type { RunBudget } from "./run-budget.ts";

/** A model that is not asked once a cap is reached. Answers that were kept are above it, and cost nothing. */
export function heldModel(model: Model, budget: RunBudget): Model {
  const held = <Answer>({ agent }: Ask, ask: () => Promise<Answer>) =>
    budget.within({ type: "call", agent }, ask, (reason) => {
      throw new OverBudgetError(`the ${agent} was not asked: ${reason}`);
    });
  return {
    text: (ask) => held(ask, () => model.text(ask)),
    data: (ask) => held(ask, () => model.data(ask)),
  };
}

/** Runs no script once a cap is reached. */
export const heldPython =
  (runPython: RunPython, budget: RunBudget): RunPython =>
  (request) => {
    const { id, purpose } = request;
    return budget.within(
      { type: "script", id, purpose },
      () => runPython(request),
      (reason) => {
        throw new OverBudgetError(`${id} was not run: ${reason}`);
      },
    );
  };
