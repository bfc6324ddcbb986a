import { AgentOutputError } from "../../../core/errors.ts";
import type { ExtractorAnswer, ExtractorInput } from "../../../core/questions.ts";
import type { Facts } from "../recipe/facts.ts";
import { cellsOf } from "../script/script.ts";
import { ideasLeft, planOf } from "./plan.ts";
import { readRecipe } from "./read-recipe.ts";
import { effectsOf } from "./summarizer.ts";

/** What usually pays when nothing is measured; a measured effect adds to it. */
const USUAL: Readonly<Record<string, number>> = {
  Model: 0.5,
  Geography: 0.6,
  Dates: 0.5,
  Texts: 0.7,
  Sounds: 0.7,
  Pictures: 0.7,
  Records: 0.4,
  "Target transform": 0.3,
  Trend: 0.4,
  Past: 0.4,
  Categories: 0.3,
  Numbers: 0.2,
  "Other tables": 0.4,
};

/** The cell that promises most, and the first plan for it that no step had. */
export function extractor(
  input: ExtractorInput,
  facts: Facts,
): ReturnType<typeof ExtractorAnswer.parse> {
  readRecipe("extractor", input.base.script);
  const effects = effectsOf(input.summary);
  const refined = input.earlierBlocks.flatMap(cellsOf).map(({ name }) => name);
  const [choice] = cellsOf(input.base.script)
    .flatMap((cell) => {
      const { name, parts } = cell;
      const times = refined.filter((each) => each === name).length;
      // New members are worth a step again and again, each going on where the last ended; other blocks are refined once.
      const addsMembers = facts.blended && name === "Model";
      const ideas = ideasLeft(facts, name, parts);
      const untried = Math.min(1, ideas.length / input.settings.innerSteps);
      const measured = Math.min(0.3, Math.max(0, effects.get(name) ?? 0));
      const rank = (USUAL[name] ?? 0) * untried + measured - (addsMembers ? 0.25 : 10) * times;
      return ideas.slice(0, 1).map((idea) => ({ cell, idea, rank }));
    })
    .toSorted((a, b) => b.rank - a.rank);
  if (choice === undefined)
    throw new AgentOutputError("extractor", "the script has no cell that could be refined");
  const { cell, idea } = choice;
  return {
    scope: "block",
    block: cell.text,
    firstLine: null,
    lastLine: null,
    plan: planOf(cell.name, idea),
  };
}
