import { expect, test } from "vitest";
import { queryWriter } from "../../agents/query-writer.ts";
import type { Model } from "../../src/core/ports.ts";
import { queryWriter as input } from "../prompts/inputs.ts";

test("empty, repeated, endless and too many queries are not searched for", async () => {
  const queries = [
    "boosting for delays",
    " ",
    "boosting for delays",
    "x".repeat(5000),
    "a",
    "b",
    "c",
  ];
  const model: Model = {
    text: async () => "",
    data: async ({ schema }) => schema.parse({ queries }),
  };
  const written = await queryWriter({ model, settings: input.settings })(input);
  expect(written.queries).toEqual(["boosting for delays", "x".repeat(200), "a", "b"]);
});
