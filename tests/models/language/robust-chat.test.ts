import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  AgentOutputError,
  ModelUnavailableError,
  OverBudgetError,
} from "../../../src/core/errors.ts";
import { languageModel } from "../../../src/models/language/configured-model.ts";
import { ask } from "../../support/ask.ts";
import { fakeGeminiServer } from "../../support/fake-gemini-server.ts";
import { fakeOpenaiServer } from "../../support/fake-openai-server.ts";
import type { ProviderReply } from "../../support/provider-reply.ts";

const patience = { tries: 3, idleSeconds: 0.5, firstWaitSeconds: 0.02, longestWaitSeconds: 0.1 };
const SERVERS = {
  openai: { fake: fakeOpenaiServer, spec: "openai:small" },
  "google-genai": { fake: fakeGeminiServer, spec: "google-genai:small" },
};
const PROVIDERS = ["openai", "google-genai"] as const;

/** A provider that fails so often before it answers. */
async function failing(provider: (typeof PROVIDERS)[number], fault: ProviderReply, times: number) {
  const { fake, spec } = SERVERS[provider];
  const server = await fake((_: unknown, count: number) =>
    count < times ? fault : { text: "Do this." },
  );
  const environment = {
    OPENAI_API_KEY: "secret-key",
    OPENAI_BASE_URL: `${server.url}/v1`,
    GOOGLE_API_KEY: "secret-key",
    GOOGLE_GENAI_BASE_URL: server.url,
  };
  return { server, model: languageModel({ model: spec }, environment, { patience }) };
}

const PASSING: Record<string, ProviderReply> = {
  "429 with a header": { status: 429, headers: { "retry-after": "0.05" } },
  "429 without a header": { status: 429 },
  "429 in Gemini's words": {
    status: 429,
    body: {
      error: { code: 429, message: "You exceeded your current quota. Please retry in 0.03s." },
    },
  },
  "500": { status: 500 },
  "503": { status: 503 },
  "529": { status: 529 },
  "a reset connection": { fault: "reset" },
  "a web page in place of JSON": { fault: "garbage" },
  "an answer that breaks off": { fault: "half" },
  "no answer within the deadline": { fault: "hang" },
};

describe.each(PROVIDERS)("%s", (provider) => {
  test.each(Object.keys(PASSING))("a call outlives %s", async (name) => {
    const { server, model } = await failing(provider, PASSING[name] ?? { status: 500 }, 2);
    await using _ = server;
    expect(await model.text(ask())).toBe("Do this.");
    expect(server.received).toHaveLength(3);
  });

  test.each([
    {
      status: 401,
      message: "Incorrect API key provided: secret-key",
      says: /key was refused.*_API_KEY/,
    },
    { status: 403, message: "no", says: /key was refused/ },
    {
      status: 400,
      message: "API key not valid. Please pass a valid API key.",
      says: /key was refused/,
    },
    { status: 429, message: "insufficient_quota: check your billing", says: /quota or the credit/ },
    { status: 404, message: "model not found", says: /no model "small"/ },
  ])(
    "$status ($message) ends the run at once with what to do",
    async ({ status, message, says }) => {
      const { server, model } = await failing(
        provider,
        { status, body: { error: { message } } },
        9,
      );
      await using _ = server;
      const error = await model.text(ask()).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ModelUnavailableError);
      expect(String(error)).toMatch(says);
      expect(String(error)).not.toContain("secret-key");
      expect(server.received).toHaveLength(1);
    },
  );

  test("a key that the server tells is not in the answer", async () => {
    const echo = { text: "My key is secret-key." };
    const { server, model } = await failing(provider, echo, 1);
    await using _ = server;
    expect(await model.text(ask())).toBe("My key is ***.");
  });

  test("a bad request and a prompt that is too long fail this question only", async () => {
    for (const message of ["messages: bad", "maximum context length is 4096 tokens"]) {
      const { server, model } = await failing(
        provider,
        { status: 400, body: { error: { message } } },
        9,
      );
      await using _ = server;
      await expect(model.text(ask())).rejects.toThrow(AgentOutputError);
      expect(server.received).toHaveLength(1);
    }
  });

  test("a provider that stays down is given up after so many requests", async () => {
    const { server, model } = await failing(provider, { fault: "reset" }, 99);
    await using _ = server;
    await expect(model.text(ask())).rejects.toThrow(
      /127\.0\.0\.1:\d+ cannot be reached.*3 requests/,
    );
    expect(server.received).toHaveLength(3);
  });

  test("an abort returns at once, in the middle of a request and of a wait", async () => {
    for (const fault of [
      { fault: "hang" } as const,
      { status: 429, headers: { "retry-after": "30" } },
    ]) {
      const { server, model } = await failing(provider, fault, 9);
      await using _ = server;
      const abort = new AbortController();
      setTimeout(() => abort.abort(new Error("enough")), 50);
      const started = Date.now();
      await expect(model.text(ask({ signal: abort.signal }))).rejects.toThrow("enough");
      expect(Date.now() - started).toBeLessThan(400);
    }
  });
});

test("a server that is not there is named in the sentence", async () => {
  const server = await fakeOpenaiServer(() => ({ text: "" }));
  await server[Symbol.asyncDispose]();
  const environment = { OLLAMA_BASE_URL: `${server.url}/v1` };
  const model = languageModel({ model: "ollama:small" }, environment, { patience });
  await expect(model.text(ask())).rejects.toThrow(
    /ollama:small: 127\.0\.0\.1:\d+ cannot be reached.*ECONNREFUSED.*3 requests/,
  );
});

test.each([
  { name: "a header", fault: { status: 429, headers: { "retry-after": "600" } } },
  {
    name: "words",
    fault: { status: 429, body: { error: { message: "Rate limit. Please try again in 10m0s." } } },
  },
])(
  "a wait of minutes by $name ends the call at once when less is left of the run",
  async ({ fault }) => {
    await using server = await fakeOpenaiServer(() => fault);
    const environment = { VLLM_BASE_URL: `${server.url}/v1` };
    const model = languageModel({ model: "vllm:small" }, environment, { secondsLeft: () => 300 });
    const error = await model.text(ask()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OverBudgetError);
    expect(String(error)).toMatch(/the planner was not answered: .* in 600 s, and 300 s are left/);
    expect(server.received).toHaveLength(1);
  },
);

test("a wait that the provider asks for is kept although we would not wait as long", async () => {
  await using server = await fakeOpenaiServer((_, count) =>
    count === 0 ? { status: 429, headers: { "retry-after": "0.4" } } : { text: "Do this." },
  );
  const environment = { VLLM_BASE_URL: `${server.url}/v1` };
  const model = languageModel({ model: "vllm:small" }, environment, { patience });
  const started = performance.now();
  expect(await model.text(ask())).toBe("Do this.");
  expect(performance.now() - started).toBeGreaterThan(390);
});

test("a stream may take longer than its silence may last, and is asked for anew when nothing comes", async () => {
  const text = "Scale the target. ".repeat(20);
  await using server = await fakeOpenaiServer((_, count) =>
    count === 0 ? { fault: "hang" } : { text, pause: 100 },
  );
  const environment = { VLLM_BASE_URL: `${server.url}/v1` };
  const model = languageModel({ model: "vllm:small", idleSeconds: 0.5 }, environment, {
    patience: { firstWaitSeconds: 0.02 },
  });
  const started = performance.now();
  expect(await model.text(ask())).toBe(text);
  expect(performance.now() - started).toBeGreaterThan(1200);
  expect(server.received).toHaveLength(2);
});

test("a try that broke off is paid for too, by an estimate", async () => {
  await using server = await fakeOpenaiServer((_, count) =>
    count === 0 ? { text: "Do th", breaksOff: true } : { text: "Do this." },
  );
  const environment = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: `${server.url}/v1` };
  const model = languageModel({ model: "openai:gpt-5-mini" }, environment, { patience });
  const question = ask();
  expect(await model.text(question)).toBe("Do this.");
  expect(model.usageOf(question)).toMatchObject({ inputTokens: 103, outputTokens: 22 });
});

test("no more calls are under way than may be at once, and a stop empties the queue", async () => {
  let underway = 0;
  const seen: number[] = [];
  await using server = await fakeOpenaiServer(() => {
    underway += 1;
    seen.push(underway);
    setTimeout(() => {
      underway -= 1;
    }, 60);
    return { text: "Do this.", pause: 40 };
  });
  const environment = { VLLM_BASE_URL: `${server.url}/v1` };
  const model = languageModel({ model: "vllm:small", callsAtOnce: 2 }, environment, {});
  const stop = new AbortController();
  const asked = (signal?: AbortSignal) =>
    model.text(ask({ signal })).catch((error: unknown) => String(error));
  const all = [asked(), asked(), asked(), asked(stop.signal), asked()];
  stop.abort(new Error("enough"));
  expect(await Promise.all(all)).toEqual([
    ...["Do this.", "Do this.", "Do this.", "Error: enough", "Do this."],
  ]);
  expect(Math.max(...seen)).toBe(2);
  expect(server.received).toHaveLength(4);
});

test("a longer wait is told in a sentence, once for all questions that wait together", async () => {
  await using server = await fakeOpenaiServer(() => ({
    status: 503,
    headers: { "retry-after": "9" },
  }));
  const told: string[] = [];
  const environment = { OLLAMA_BASE_URL: `${server.url}/v1` };
  const model = languageModel({ model: "ollama:small" }, environment, {
    patience: { ...patience, longestWaitSeconds: 60 },
    onNotice: (sentence) => told.push(sentence),
  });
  const abort = new AbortController();
  const questions = ["planner", "coder"].map((agent) =>
    model.text(ask({ agent, signal: abort.signal })).catch(() => "aborted"),
  );
  while (server.received.length < 2 || told.length < 1) await sleep(10);
  // The other question has had its answer by then, and waits too.
  await sleep(300);
  abort.abort();
  expect(await Promise.all(questions)).toEqual(["aborted", "aborted"]);
  expect(told).toEqual([
    "ollama:small does not answer (503 503 status 503): request 2 of 3 follows in 9 s.",
  ]);
});
