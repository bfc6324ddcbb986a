import { expect, test } from "vitest";
import { z } from "zod";
import { ModelUnavailableError, SettingsError } from "../../../src/core/errors.ts";
import type { Chat } from "../../../src/models/language/chat.ts";
import { languageModelOn } from "../../../src/models/language/language-model.ts";
import { recorder, replay, secretsOf } from "../../../src/models/language/recording.ts";
import { ask } from "../../support/ask.ts";

const usage = {
  model: "fake:chat",
  inputTokens: 10,
  outputTokens: 2,
  cachedTokens: null,
  reasoningTokens: null,
  costUsd: 0.5,
};
const echo: Chat = async ({ messages }) => ({
  text: `To "${messages.at(-1)?.text.slice(0, 40)}" I say sk-secret-1.`,
  end: "complete",
  usage,
});

async function recorded(prompts: { agent: string; at: string; prompt: string }[]) {
  const lines: string[] = [];
  const secrets = secretsOf({ OPENAI_API_KEY: "sk-secret-1", HOME: "/home/me" });
  const record = recorder((line) => lines.push(line), secrets);
  const model = languageModelOn(() => record.chat(echo));
  for (const prompt of prompts) await model.text(ask(prompt));
  await record.search(async () => [{ url: "https://a.example", title: "A", text: "about" }])(
    "trees",
    {},
  );
  return lines.join("\n");
}

const calls = [
  { agent: "planner", at: "track-1", prompt: "one" },
  { agent: "planner", at: "track-1", prompt: "two" },
  { agent: "planner", at: "track-2", prompt: "one" },
];

test("a recording answers the same questions in any order, with their usage, without a provider", async () => {
  const { model, searchWeb } = replay(await recorded(calls));
  for (const call of calls.toReversed()) {
    const question = ask(call);
    expect(await model.text(question)).toContain(`To "${call.prompt}"`);
    expect(model.usageOf(question)).toEqual(usage);
  }
  expect(await searchWeb?.("trees", {})).toEqual([
    { url: "https://a.example", title: "A", text: "about" },
  ]);
});

test("a question whose words changed, say by a time in them, gets the next answer of its place", async () => {
  const { model } = replay(await recorded(calls));
  expect(await model.text(ask({ at: "track-1", prompt: "one, 3 seconds later" }))).toContain(
    '"one"',
  );
  expect(await model.text(ask({ at: "track-1", prompt: "two, 3 seconds later" }))).toContain(
    '"two"',
  );
});

test("a question is known again although another time is left", async () => {
  const left = (minutes: number) =>
    `\n# What is left of the run\nAbout ${minutes} minutes of 60.\n`;
  const asked = calls.slice(0, 2).map((call) => ({ ...call, prompt: `${call.prompt}${left(50)}` }));
  const { model } = replay(await recorded(asked));
  const second = { at: "track-1", prompt: `two${left(20)}` };
  expect(await model.text(ask(second))).toContain('"two');
});

test("a question without a record, and a search without one, say so", async () => {
  const { model, searchWeb } = replay(await recorded(calls.slice(0, 1)));
  await model.text(ask(calls[0]));
  await expect(model.text(ask(calls[0]))).rejects.toThrow(
    /no further answer of the planner at track-1/,
  );
  await expect(searchWeb?.("bushes", {})).rejects.toThrow(ModelUnavailableError);
});

test("a secret of the environment is never written", async () => {
  const recording = await recorded(calls);
  expect(recording).not.toContain("sk-secret-1");
  expect(recording).toContain("I say ***.");
});

test("what was recorded is the provider's own answer: a malformed one is repaired again on replay", async () => {
  const answers = ['{"line": "x"}', '{"line": 3}'];
  const lines: string[] = [];
  const record = recorder((line) => lines.push(line), []);
  const wild: Chat = async () => ({ text: answers.shift() ?? "", end: "complete", usage });
  const question = { ...ask(), schema: z.object({ line: z.int() }) };
  await languageModelOn(() => record.chat(wild)).data(question);
  expect(lines).toHaveLength(2);
  expect(await replay(lines.join("\n")).model.data(question)).toEqual({ line: 3 });
});

test("a damaged recording names the line", () => {
  expect(() => replay('\n{"type":"chat"}')).toThrow(SettingsError);
  expect(() => replay('\n{"type":"chat"}')).toThrow(/Line 2/);
});
