import type { Ask } from "../../src/core/ports.ts";

/** A question as an agent would put it. */
export const ask = (changes: Partial<Ask> = {}): Ask => ({
  agent: "planner",
  role: "planning",
  at: "track-1/refine-1/attempt-2",
  parts: "a script",
  input: {},
  prompt: "What next?",
  ...changes,
});
