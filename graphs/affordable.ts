import { END } from "@langchain/langgraph";
import type { Ports } from "../src/core/ports.ts";
import type { Step } from "../src/core/step.ts";

type Keeper = Pick<Ports, "budget" | "note">;

/** Whether the run's caps let the step begin; one that they do not is noted as left out. */
export function begins({ budget, note }: Keeper, step: Step): boolean {
  const reason = budget(step);
  if (reason === null) return true;
  const { kind, at } = step;
  note({ type: "left-out", key: `${at}/left out: ${reason}`, at, step: kind, reason });
  return false;
}

/** A router that goes on as it is told while the caps let its next step begin, and else to the end. */
export const affordable =
  <State, Next extends string>(
    keeper: Keeper,
    stepOf: (state: State) => Step,
    router: (state: State) => Next,
  ) =>
  (state: State): Next | typeof END => {
    const next = router(state);
    return next === END || begins(keeper, stepOf(state)) ? next : END;
  };
