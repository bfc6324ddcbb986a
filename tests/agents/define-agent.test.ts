import { expect, test } from "vitest";
import { z } from "zod";
import { codeAgent, dataAgent, editAgent, roster, textAgent } from "../../agents/define-agent.ts";
import { AgentOutputError } from "../../src/core/errors.ts";
import type { Ask, Model } from "../../src/core/ports.ts";

/** A model that gives one answer to everything and remembers what it was asked. */
function modelThatSays(answer: unknown) {
  const asked: Ask[] = [];
  const model: Model = {
    text: async (ask) => {
      asked.push(ask);
      return String(answer);
    },
    data: async ({ schema, ...ask }) => {
      asked.push(ask);
      return schema.parse(answer);
    },
  };
  return { model, asked };
}

const settings = { share: "all" as const };
const state = { at: "track-1", question: "how?" };
const spec = {
  role: "planning" as const,
  prompt: ({ question }: { at: string; question: string }) => `Say ${question}`,
  parts: ({ question }: { question: string }) => [question],
};

test("an agent hands the model all that it is and asks, and stands in the roster", async () => {
  const { model, asked } = modelThatSays("so");
  const { signal } = new AbortController();
  const agent = textAgent({ ...spec, name: "talker", update: (answer) => ({ answer }) });
  expect(await agent({ model, settings })(state, { signal })).toEqual({ answer: "so" });
  expect(asked).toMatchObject([
    {
      ...{ agent: "talker", role: "planning", at: "track-1", parts: ["how?"] },
      ...{ input: state, prompt: "Say how?", signal },
    },
  ]);
  expect(roster.get("talker")).toEqual({ role: "planning" });
});

test("a code agent keeps the code of an answer only", async () => {
  const { model } = modelThatSays("Here it is:\n```python\nx = 1\n```\nGood luck!");
  const agent = codeAgent({ ...spec, name: "writer", update: (code) => ({ code }) });
  expect(await agent({ model, settings })(state)).toEqual({ code: "x = 1" });
});

test("a code agent without code, and a text agent without text, fail by name", async () => {
  const coder = codeAgent({ ...spec, name: "writer", update: (code) => ({ code }) });
  const talker = textAgent({ ...spec, name: "talker", update: (text) => ({ text }) });
  const { model } = modelThatSays("  \n");
  await expect(talker({ model, settings })(state)).rejects.toThrow("talker: the answer is empty");
  await expect(coder({ model: modelThatSays("no").model, settings })(state)).rejects.toThrow(
    AgentOutputError,
  );
});

test("a data agent's update sees the answer and the state it was asked from", async () => {
  const { model } = modelThatSays({ count: 2 });
  const agent = dataAgent({
    ...spec,
    name: "counter",
    schema: z.object({ count: z.number() }),
    update: ({ count }, { at }) => ({ counted: `${at}: ${count}` }),
  });
  expect(await agent({ model, settings })(state)).toEqual({ counted: "track-1: 2" });
});

test.each([
  { answer: "<<<<<<< SEARCH\nb\n=======\nc\n>>>>>>> REPLACE", draft: "a\nc" },
  { answer: "```python\nwhole\n```", draft: "whole" },
])(
  "an agent that mends a script may answer with edits of it or with all of it: $draft",
  async (given) => {
    const { model } = modelThatSays(given.answer);
    const agent = editAgent({
      ...{ ...spec, name: "mender", script: () => "a\nb" },
      update: (draft) => ({ draft }),
    });
    expect(await agent({ model, settings })(state)).toEqual({ draft: given.draft });
  },
);

test("edits whose lines are not there, or twice, are no answer", async () => {
  const { model, asked } = modelThatSays("<<<<<<< SEARCH\nz\n=======\nc\n>>>>>>> REPLACE");
  const agent = editAgent({
    ...{ ...spec, name: "mender", script: () => "a\nb" },
    update: (draft) => ({ draft }),
  });
  await expect(agent({ model, settings })(state)).rejects.toThrow(AgentOutputError);
  expect(asked[0]?.check?.("<<<<<<< SEARCH\nb\n=======\nc\n>>>>>>> REPLACE")).toBeNull();
});
