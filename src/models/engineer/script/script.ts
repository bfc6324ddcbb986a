import { BLOCKS, blockNamed } from "../blocks/blocks.ts";
import { modelOf } from "../catalogue/catalogue.ts";
import type { Facts } from "../recipe/facts.ts";
import { pyWords } from "../recipe/python.ts";
import { type Part, parseParts, printParts, type Recipe } from "../recipe/recipe.ts";
import { pipeline } from "./pipeline.ts";
import { score } from "./score.ts";
import { setup } from "./setup.ts";
import { submission } from "./submission.ts";
import { validation } from "./validation.ts";

/** One cell of a script, as it stands there. */
export interface Cell {
  name: string;
  /** What its header says behind the name; empty for cells that have no variants. */
  parts: readonly Part[];
  text: string;
}

const HEADER = /^# %% ([^:\n]+?)(?:: (.*))?$/;

/** Splits a script at its `# %%` headers; what stands above the first is no cell. */
export function cellsOf(script: string): Cell[] {
  const lines = script.split("\n");
  const starts = lines.flatMap((line, at) => (HEADER.test(line) ? [at] : []));
  return starts.map((start, index) => {
    const [, name = "", parts = ""] = HEADER.exec(lines[start] ?? "") ?? [];
    const text = lines
      .slice(start, starts[index + 1] ?? lines.length)
      .join("\n")
      .trimEnd();
    return { name, parts: parseParts(parts), text };
  });
}

/** What a script is made of, read back from its headers. */
export const recipeOf = (script: string): Recipe =>
  Object.fromEntries(
    cellsOf(script)
      .filter(({ name }) => blockNamed(name) !== null)
      .map(({ name, parts }) => [name, parts]),
  );

/** Whether the built-in engineer wrote the script, so that its recipe can be read. */
export const isOwnScript = (script: string): boolean => {
  const names = new Set(cellsOf(script).map(({ name }) => name));
  return ["Setup", "Model", "Validation"].every((name) => names.has(name));
};

/** One cell with its header. */
export function renderCell(facts: Facts, name: string, parts: readonly Part[]): string {
  return `# %% ${name}: ${printParts(parts)}\n${blockNamed(name)?.python(facts, parts) ?? ""}`;
}

/** The first recipe for these models: sound habits, with room left for refinement. */
export const initialRecipe = (facts: Facts, models: readonly Part[]): Recipe =>
  Object.fromEntries(
    BLOCKS.filter((block) => block.applies(facts)).map((block) => [
      block.name,
      block.initial(facts, models),
    ]),
  );

/** The cells that make the predictions: everything between loading and validation. */
export const pipelineCells = (facts: Facts, recipe: Recipe): string[] => [
  ...BLOCKS.filter(({ name }) => name in recipe).map(({ name }) =>
    renderCell(facts, name, recipe[name] ?? []),
  ),
  `# %% Pipeline\n${pipeline(facts)}`,
];

/** A whole solution script. */
export function renderScript(facts: Facts, recipe: Recipe): string {
  const models = (recipe["Model"] ?? []).map((each) => modelOf(each).title);
  return joinCells(facts, `with ${models.join(" and ")}`, [
    ...pipelineCells(facts, recipe),
    `# %% Validation\n${validation(facts)}`,
    `# %% Score\n${score(facts)}`,
    `# %% Submission\n${submission(facts, true)}`,
  ]);
}

/** Joins cells to a script: a comment on top, then loading, then the cells given. */
export function joinCells(facts: Facts, how: string, cells: readonly string[]): string {
  const targets = facts.targets.map(({ name }) => name).join(", ");
  const top = `"""Predicts ${pyWords(targets)} ${how}.

Reads ./input; writes ./final: predictions of the rows held out, by models that never saw them, and the submission.
"""`;
  return `${[top, `# %% Setup\n${setup(facts)}`, ...cells].join("\n\n\n")}\n`;
}
