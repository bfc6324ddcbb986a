import type { Facts } from "./facts.ts";
import type { Part } from "./recipe.ts";

/** Something a block can try: the ingredients it would then have, and why, in words. */
export interface Idea {
  parts: readonly Part[];
  /** One or two sentences that open the plan. */
  words: string;
}

/** One kind of cell of a solution script: what it can be made of, and how that is written in Python. */
export interface Block {
  /** Name in the cell's header: `Geography`. */
  name: string;
  /** Whether a script for this task has the cell. */
  applies(facts: Facts): boolean;
  /** What the first script for these models is made of. */
  initial(facts: Facts, models: readonly Part[]): readonly Part[];
  /** The Python code below the header. */
  python(facts: Facts, parts: readonly Part[]): string;
  /** What may be tried instead of `current`, most promising first. */
  ideas(facts: Facts, current: readonly Part[]): Idea[];
}

/** One variant of a block that adds columns: a Python function `(fit, y, other) -> (columns of fit, columns of other)`. */
export interface Feature {
  /** Name in recipes; the Python function is called the same, with underscores. */
  name: string;
  /** What the function does: its docstring, and the opening of the plan that adds it. */
  words: string;
  /** The function's body. */
  body(facts: Facts): string;
  /** Whether it is of use for the task; always unless told otherwise. */
  suits?(facts: Facts): boolean;
}

/** The Python function of a feature. */
export const functionOf = (name: string): string => name.replaceAll("-", "_");
