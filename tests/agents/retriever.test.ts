import { expect, test } from "vitest";
import { retriever } from "../../agents/retriever.ts";
import type { Model } from "../../src/core/ports.ts";
import { retriever as input } from "../prompts/inputs.ts";

const described = (name: string, exampleCode = "model.fit(X, y)") => ({
  name,
  description: "",
  exampleCode,
});
const modelThatFinds = (models: unknown[]): Model => ({
  text: async () => "",
  data: async ({ schema }) => schema.parse({ models }),
});

test("unusable descriptions, repeated names and known models are dropped, and no more kept than wanted", async () => {
  const model = modelThatFinds([
    described("light gbm"),
    described(" "),
    described("CatBoost", "\n"),
    described("Extra trees"),
    described("extra-trees"),
    described("Ridge"),
    described("k-NN"),
    described("SVR"),
  ]);
  const { found } = await retriever({ model, settings: input.settings })(input);
  expect(found.map(({ name }) => name)).toEqual(["Extra trees", "Ridge", "k-NN"]);
});
