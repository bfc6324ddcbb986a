import { AgentOutputError } from "../../../core/errors.ts";
import type { PlannerInput } from "../../../core/questions.ts";
import type { TriedPlan } from "../../../core/tried-plan.ts";
import type { Idea } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { type Part, partsOfPlan, printParts, withPart } from "../recipe/recipe.ts";
import { cellsOf } from "../script/script.ts";
import { ideasLeft, planOf } from "./plan.ts";

/** The next plan for the block: what helped is combined, what failed is left, nothing is tried twice. */
export function planner({ block, attempts }: PlannerInput, facts: Facts): { plan: string } {
  const [cell] = cellsOf(block);
  if (cell === undefined)
    throw new AgentOutputError(
      "planner",
      "the block to plan for has no header of the built-in engineer",
    );
  const tried = new Set(attempts.map(({ plan }) => printParts(partsOfPlan(plan) ?? [])));
  const ideas = ideasLeft(facts, cell.name, cell.parts);
  // A step goes on from its first plan: those before it are of earlier steps.
  const first = ideas.findIndex(({ parts }) => tried.has(printParts(parts)));
  const idea = [
    ...(facts.blended && cell.name === "Model" ? [] : combined(cell.parts, attempts)),
    ...ideas.slice(first + 1),
  ].find(({ parts }) => !tried.has(printParts(parts)));
  if (idea === undefined)
    throw new AgentOutputError("planner", `every variant of the ${cell.name} cell was tried`);
  return { plan: planOf(cell.name, idea) };
}

/** The two most helpful attempts in one recipe. */
function combined(current: readonly Part[], attempts: readonly TriedPlan[]): Idea[] {
  const [best, second] = attempts
    .map(({ plan, gain }) => ({ parts: partsOfPlan(plan), gain: gain ?? 0 }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain);
  if (!best?.parts || !second?.parts) return [];
  const parts = both(current, best.parts, second.parts);
  const words = "Two of the changes tried each helped: combine them.";
  return printParts(parts) === printParts(current) ? [] : [{ parts, words }];
}

/** The first recipe with what the second has that is not in the current one. */
function both(current: readonly Part[], first: readonly Part[], second: readonly Part[]): Part[] {
  const known = new Set(current.map((each) => printParts([each])));
  return second.filter((each) => !known.has(printParts([each]))).reduce(withPart, [...first]);
}
