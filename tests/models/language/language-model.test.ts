import { expect, test } from "vitest";
import { z } from "zod";
import { AgentOutputError, OverBudgetError } from "../../../src/core/errors.ts";
import {
  type Chat,
  type ChatReply,
  type ChatRequest,
  LONGEST_ANSWER,
} from "../../../src/models/language/chat.ts";
import { languageModelOn } from "../../../src/models/language/language-model.ts";
import { ask } from "../../support/ask.ts";

const usage = {
  model: "fake:chat",
  inputTokens: 10,
  outputTokens: 2,
  cachedTokens: null,
  reasoningTokens: null,
  costUsd: 0.5,
};

/** A model whose provider gives these answers one after another. */
function answering(...replies: (string | Pick<ChatReply, "text" | "end">)[]) {
  const requests: ChatRequest[] = [];
  const model = languageModelOn(() => async (request) => {
    requests.push(request);
    const reply = replies.shift() ?? "";
    return typeof reply === "string"
      ? { text: reply, end: "complete", usage }
      : { ...reply, usage };
  });
  const lastMessages = () => requests.at(-1)?.messages.map(({ role, text }) => `${role}: ${text}`);
  return { model, requests, lastMessages };
}

const schema = z.object({ plan: z.string(), line: z.int() });

test("an answer that is cut off is not used, however much of it there is, and asked for once more", async () => {
  const { model, lastMessages } = answering(
    { text: "```python\nx = 1\n```\nThen", end: "length" },
    "```python\nx = 2\n```",
  );
  expect(await model.text(ask())).toBe("```python\nx = 2\n```");
  expect(lastMessages()?.[2]).toMatch(/could not be used: it was cut off/);
});

test("an answer without end is not read, and asked for once more", async () => {
  const { model, lastMessages } = answering(`x = 1\n${"`".repeat(LONGEST_ANSWER)}`, "x = 2");
  expect(await model.text(ask())).toBe("x = 2");
  expect(lastMessages()?.[2]).toMatch(/longer than 1000000 characters/);
  expect(lastMessages()?.[1]?.length).toBeLessThan(50_000);
});

test("a question ends with what is left of the run, and stays as it is where nothing is limited", async () => {
  let left: string | null = "About 3 of 9 script runs.";
  const asked: string[] = [];
  const chat: Chat = async ({ messages }) => {
    asked.push(messages[0]?.text ?? "");
    return { text: "a plan", end: "complete", usage };
  };
  const model = languageModelOn(() => chat, { remaining: () => left });
  await model.text(ask({ prompt: "Plan.\n" }));
  left = null;
  await model.text(ask({ prompt: "Plan.\n" }));
  expect(asked).toEqual([
    "Plan.\n\n# What is left of the run\nAbout 3 of 9 script runs.\n",
    "Plan.\n",
  ]);
});

test("no call outlives the run's time, and what it asked until then is counted", async () => {
  let asked = 0;
  const chat: Chat = async ({ signal }) => {
    asked += 1;
    if (asked === 1) return { text: "no data", end: "complete", usage };
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason)),
    );
  };
  const end = performance.now() + 200;
  const secondsLeft = () => (end - performance.now()) / 1000;
  const model = languageModelOn(() => chat, { secondsLeft });
  const question = { ...ask(), schema };
  await expect(model.data(question)).rejects.toThrow(
    new OverBudgetError("the planner had no answer when the run's time for it was over"),
  );
  expect(performance.now()).toBeLessThan(end + 200);
  expect(model.usageOf(question)).toMatchObject({ inputTokens: 10 });
});

test("data of the wrong shape are asked for once more with the answer and what is wrong with it", async () => {
  const { model, requests, lastMessages } = answering(
    '{"plan": "scale", "line": "twelve"}',
    '{"plan": "scale", "line": 12}',
  );
  expect(await model.data({ ...ask(), schema })).toEqual({ plan: "scale", line: 12 });
  expect(requests).toHaveLength(2);
  expect(lastMessages()?.[1]).toContain("twelve");
  expect(lastMessages()?.[2]).toMatch(/could not be used[\s\S]*line/);
});

test("a second unusable answer fails the question with the agent's name and an excerpt", async () => {
  const { model, requests } = answering("I cannot say.", "Really, I cannot.");
  const failure = await model.data({ ...ask(), schema }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(AgentOutputError);
  expect(String(failure)).toMatch(/planner: there is no JSON.*Really, I cannot\./);
  expect(requests).toHaveLength(2);
});

test("the form of the data stands in the prompt, for servers that cannot be held to it", async () => {
  const { model, requests } = answering('{"plan": "p", "line": 1}');
  await model.data({ ...ask(), schema });
  expect(requests[0]?.messages[0]?.text).toContain('"required":["plan","line"]');
});

test("an empty answer and a refusal are asked for once more, without showing nothing as an answer", async () => {
  for (const end of ["complete", "refused"] as const) {
    const { model, lastMessages } = answering({ text: "", end }, "Scale the target.");
    expect(await model.text(ask())).toBe("Scale the target.");
    expect(lastMessages()).toHaveLength(1);
    expect(lastMessages()?.[0]).toMatch(/^user: What next\?\n\nYour answer could not be used/);
  }
});

test("a model that keeps declining fails the question with that reason", async () => {
  const refusal = { text: "I can't help with that.", end: "refused" } as const;
  const { model } = answering(refusal, refusal);
  await expect(model.text(ask())).rejects.toThrow("planner: the model declined to answer");
});

test("a text is judged by the agent's own check", async () => {
  const check = (answer: string) => (answer.includes("```") ? null : "there is no code in it");
  const { model, lastMessages } = answering("Use x.", "```python\nx\n```");
  expect(await model.text(ask({ check }))).toBe("```python\nx\n```");
  expect(lastMessages()?.[2]).toContain("there is no code in it");
});

test("usage counts every request of a question, failed ones included", async () => {
  const { model } = answering("no", "no");
  const question = { ...ask(), schema };
  expect(model.usageOf(question)).toBeNull();
  await model.data(question).catch(() => {});
  expect(model.usageOf(question)).toEqual({
    ...usage,
    inputTokens: 20,
    outputTokens: 4,
    costUsd: 1,
  });
});
