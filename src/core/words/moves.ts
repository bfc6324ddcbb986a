import type { Move } from "../step.ts";

/** As people say it. */
export const MOVE_WORDS: Readonly<Record<Move, string>> = {
  refine: "refine a script",
  fresh: "try a fresh model",
  stack: "combine the members",
};
