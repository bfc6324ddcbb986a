import { expect, test } from "vitest";
import { z } from "zod";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { ask } from "../../support/ask.ts";
import { fakeOpenaiServer, type OpenaiBody } from "../../support/fake-openai-server.ts";
import type { ProviderReply } from "../../support/provider-reply.ts";

const schema = z.object({ plan: z.string(), line: z.int().nullable() });

/** A model at a server that answers like this, and the bodies it was sent. */
async function modelAt(
  reply: (body: OpenaiBody, count: number) => ProviderReply,
  agent = "planner",
) {
  const bodies: OpenaiBody[] = [];
  const server = await fakeOpenaiServer((body, count) => {
    bodies.push(body);
    return reply(body, count);
  });
  const environment = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: `${server.url}/v1` };
  const model = languageModel(
    { model: "openai:gpt-5-mini", efforts: { planning: "high" } },
    environment,
  );
  return { server, model, bodies, question: ask({ agent }) };
}

test("a streamed answer comes back whole, with tokens and cost by the provider's figures", async () => {
  const text = `Scale the target. ${"Then more. ".repeat(30)}`;
  const usage = { input: 1000, output: 200, cached: 400, reasoning: 150 };
  const { server, model, question } = await modelAt(() => ({ text, usage }));
  await using _ = server;
  expect(await model.text(question)).toBe(text);
  expect(model.usageOf(question)).toEqual({
    model: "openai:gpt-5-mini",
    inputTokens: 1000,
    outputTokens: 200,
    cachedTokens: 400,
    reasoningTokens: 150,
    costUsd: expect.closeTo((600 * 0.25 + 400 * 0.025 + 200 * 2) / 1e6, 10),
  });
  expect(server.received[0]?.headers.authorization).toBe("Bearer k");
});

test("a server that does not count leaves the usage unknown", async () => {
  const { server, model, question } = await modelAt(() => ({ text: "Fine.", usage: null }));
  await using _ = server;
  await model.text(question);
  expect(model.usageOf(question)).toMatchObject({ inputTokens: null, costUsd: null });
});

test("data are asked for in the provider's strict form", async () => {
  const { server, model, bodies, question } = await modelAt(() => ({
    text: '{"plan":"p","line":null}',
  }));
  await using _ = server;
  expect(await model.data({ ...question, schema })).toEqual({ plan: "p", line: null });
  expect(bodies[0]?.response_format).toEqual({
    type: "json_schema",
    json_schema: {
      name: "answer",
      strict: true,
      schema: {
        type: "object",
        properties: {
          plan: { type: "string" },
          line: { type: ["integer", "null"] },
        },
        required: ["plan", "line"],
        additionalProperties: false,
      },
    },
  });
});

test.each([
  { option: "response_format", message: "response_format is not supported by this model" },
  { option: "temperature", message: "Unsupported value: 'temperature' does not support 0.7" },
  { option: "reasoning_effort", message: "Unrecognized request argument: reasoning_effort" },
  { option: "stream_options", message: "Unrecognized request argument: stream_options" },
  { option: "stream", message: "Your organization must be verified to stream this model." },
])("a server without $option is asked without it, from then on", async ({ option, message }) => {
  const { server, model, bodies, question } = await modelAt((body) =>
    body[option]
      ? { status: 400, body: { error: { message } } }
      : { text: '{"plan":"p","line":1}' },
  );
  await using _ = server;
  await model.data({ ...question, schema });
  await model.data({ ...question, schema });
  expect(bodies.map((body) => Boolean(body[option]))).toEqual([true, false, false]);
});

test("a role's effort is told to the model; another's is the provider's own", async () => {
  const { server, model, bodies, question } = await modelAt(() => ({ text: "Fine." }));
  await using _ = server;
  await model.text(question);
  await model.text({ ...question, role: "checking" });
  expect(bodies.map((body) => body["reasoning_effort"])).toEqual(["high", undefined]);
});

test("an answer cut off in the stream is asked for once more", async () => {
  const { server, model, bodies, question } = await modelAt((_, count) =>
    count === 0
      ? { text: '{"plan": "scale the target", "line": 3', finish: "length" }
      : { text: '{"plan": "scale it", "line": 3}' },
  );
  await using _ = server;
  expect(await model.data({ ...question, schema })).toEqual({ plan: "scale it", line: 3 });
  expect(bodies[1]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
});

test("thoughts that a local server leaves in the text are not part of the answer", async () => {
  const { server, model, question } = await modelAt(() => ({
    text: "<think>\nMaybe {x}?\n</think>\n\nScale the target.",
  }));
  await using _ = server;
  expect(await model.text(question)).toBe("Scale the target.");
});

test("an answer that a filter stopped is a refusal", async () => {
  const { server, model, question } = await modelAt(() => ({
    text: "I",
    finish: "content_filter",
  }));
  await using _ = server;
  await expect(model.text(question)).rejects.toThrow("declined to answer");
});
