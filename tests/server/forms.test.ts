import { getConfigTypeSchema, getInputTypeSchema } from "@langchain/langgraph/zod/schema";
import { expect, test } from "vitest";
import { z } from "zod";
import { Caps } from "../../src/core/caps.ts";
import { capsIn, RunContext } from "../../src/core/run-context.ts";
import { Settings } from "../../src/core/settings.ts";
import { ensemble, initialSolution, mleStar, refinement } from "../../src/langgraph.ts";

const served = { mleStar, initialSolution, refinement, ensemble };
const Form = z.object({ properties: z.record(z.string(), z.looseObject({})) });
const fields = (schema: unknown) => Form.parse(schema).properties;

test.each([
  { graph: "mleStar", asks: ["folder", "models"] },
  { graph: "initialSolution", asks: ["folder", "models"] },
  { graph: "refinement", asks: ["folder", "script"] },
  { graph: "ensemble", asks: ["folder", "scripts"] },
] as const)("$graph asks for $asks, each with a title and a description", ({ graph, asks }) => {
  const form = fields(getInputTypeSchema(served[graph]));
  expect(Object.keys(form)).toEqual(asks);
  for (const field of Object.values(form))
    expect(field).toMatchObject({ title: expect.any(String), description: expect.any(String) });
});

test.each(["mleStar", "initialSolution", "refinement", "ensemble"] as const)(
  "%s is configured by model, preset and the numbers of the paper, with choices and bounds",
  (graph) => {
    const form = fields(getConfigTypeSchema(served[graph]));
    expect(form).toMatchObject({
      model: { title: "Model", default: "offline" },
      preset: { enum: ["quick", "standard", "paper"] },
      tracks: { type: "integer", minimum: 1, symbol: "L" },
      review: { items: { enum: ["models", "plans", "laps", "ensembles", "submission"] } },
    });
    for (const field of Object.values(form))
      expect(field).toMatchObject({ title: expect.any(String), description: expect.any(String) });
  },
);

test("every setting can be configured", () => {
  expect(Object.keys(RunContext.shape)).toEqual(
    expect.arrayContaining(Object.keys(Settings.shape)),
  );
});

test("every cap can be configured, above zero, and one left empty stays as it was", () => {
  const form = fields(getConfigTypeSchema(served.mleStar));
  for (const name of Caps.keyof().options) {
    const field = `max${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    expect(form[field]).toMatchObject({ type: "number", exclusiveMinimum: 0 });
    expect(capsIn({ [field]: 7 })).toEqual({ [name]: 7 });
  }
  expect(capsIn({ maxTokens: null, models: 3 })).toEqual({});
});

test("the server's checkpointer does not take the place of the run folder's", () => {
  const { checkpointer } = served.mleStar;
  served.mleStar.checkpointer = false;
  expect(served.mleStar.checkpointer).toBe(checkpointer);
});
