import { expect, test } from "vitest";
import { z } from "zod";
import type { ModelChoice } from "../../../src/core/model-choice.ts";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { ask } from "../../support/ask.ts";
import { fakeGeminiServer, type GeminiBody } from "../../support/fake-gemini-server.ts";
import type { ProviderReply } from "../../support/provider-reply.ts";

const schema = z.object({ plan: z.string(), line: z.int().nullable() });

async function modelAt(
  reply: (body: GeminiBody, count: number) => ProviderReply,
  choice: Partial<ModelChoice> = {},
) {
  const bodies: GeminiBody[] = [];
  const server = await fakeGeminiServer((body, count) => {
    bodies.push(body);
    return reply(body, count);
  });
  const environment = { GEMINI_API_KEY: "k", GOOGLE_GENAI_BASE_URL: server.url };
  const model = languageModel({ model: "google-genai:gemini-2.5-flash", ...choice }, environment);
  return { server, model, bodies };
}

test("tokens of thoughts, which Gemini counts in its total only, are output and cost", async () => {
  const usage = { input: 1000, output: 100, cached: 200, reasoning: 400 };
  const { server, model } = await modelAt(() => ({ text: "Scale the target.", usage }));
  await using _ = server;
  const question = ask();
  expect(await model.text(question)).toBe("Scale the target.");
  expect(model.usageOf(question)).toEqual({
    model: "google-genai:gemini-2.5-flash",
    inputTokens: 1000,
    outputTokens: 500,
    cachedTokens: 200,
    reasoningTokens: 400,
    costUsd: expect.closeTo((800 * 0.3 + 200 * 0.03 + 500 * 2.5) / 1e6, 10),
  });
});

test.each([
  { model: "gemini-2.5-flash", thinkingConfig: { thinkingBudget: 1024 } },
  { model: "gemini-3-flash", thinkingConfig: { thinkingLevel: "LOW" } },
])(
  "effort is a budget or a level of thinking, as $model has it",
  async ({ model: name, thinkingConfig }) => {
    const { server, model, bodies } = await modelAt(() => ({ text: "Fine." }), {
      model: `google-genai:${name}`,
      efforts: { planning: "low" },
    });
    await using _ = server;
    await model.text(ask());
    await model.text(ask({ role: "coding" }));
    const told = bodies.map(({ generationConfig }) => generationConfig?.["thinkingConfig"]);
    expect(told).toEqual([thinkingConfig, undefined]);
  },
);

test("data are asked for in Gemini's dialect of schemas", async () => {
  const { server, model, bodies } = await modelAt(() => ({ text: '{"plan":"p","line":null}' }));
  await using _ = server;
  expect(await model.data({ ...ask(), schema })).toEqual({ plan: "p", line: null });
  expect(bodies[0]?.generationConfig).toMatchObject({
    responseMimeType: "application/json",
    responseSchema: {
      type: "object",
      properties: { plan: { type: "string" }, line: { type: "integer", nullable: true } },
      required: ["plan", "line"],
    },
  });
  expect(JSON.stringify(bodies[0]?.generationConfig)).not.toContain("additionalProperties");
});

test("a model that takes no schema is asked in plain words, from then on", async () => {
  const { server, model, bodies } = await modelAt((body) =>
    body.generationConfig?.responseSchema === undefined
      ? { text: 'Here: {"plan": "p", "line": 2}' }
      : { status: 400, body: { error: { message: "JSON mode is not enabled for this model" } } },
  );
  await using _ = server;
  await model.data({ ...ask(), schema });
  expect(await model.data({ ...ask(), schema })).toEqual({ plan: "p", line: 2 });
  expect(bodies).toHaveLength(3);
});

test("an answer without content is asked for once more, and a blocked one is a refusal", async () => {
  const { server, model } = await modelAt((_, count) => ({ text: count === 0 ? "" : "Scale." }));
  await using _ = server;
  expect(await model.text(ask())).toBe("Scale.");
  const blocked = await modelAt(() => ({ text: "", finish: "content_filter" }));
  await using _server = blocked.server;
  await expect(blocked.model.text(ask())).rejects.toThrow("declined to answer");
});

test("an answer cut off by its length is asked for once more in the same conversation", async () => {
  const { server, model, bodies } = await modelAt((_, count) =>
    count === 0 ? { text: "Scale the", finish: "length" } : { text: "Scale it." },
  );
  await using _ = server;
  expect(await model.text(ask())).toBe("Scale it.");
  expect(bodies[1]?.contents.map(({ role }) => role)).toEqual(["user", "model", "user"]);
});
