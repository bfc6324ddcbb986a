import { ToolError } from "../../../src/core/errors.ts";

/** What scripts left may be more than the scorer can join: that ends no run. */
export const tried = <Result>(work: Promise<Result>) =>
  work.then(
    (result) => ({ result, problem: null }),
    (error: unknown) => {
      if (error instanceof ToolError) return { result: null, problem: error.message };
      throw error;
    },
  );
