import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/core/run-event.ts";
import type { Chat } from "../../src/models/language/chat.ts";
import { languageModelOn } from "../../src/models/language/language-model.ts";
import { withRemaining } from "../../src/models/with-remaining.ts";
import { journaled } from "../../tools/run-folder/call-journal.ts";
import { ask } from "../support/ask.ts";

const usage = {
  model: "fake:chat",
  inputTokens: 10,
  outputTokens: 2,
  cachedTokens: null,
  reasoningTokens: null,
  costUsd: 0.5,
};

function modelWith(remaining: () => string | null) {
  const asked: string[] = [];
  const chat: Chat = async ({ messages }) => {
    asked.push(messages[0]?.text ?? "");
    return { text: "a plan", end: "complete", usage };
  };
  return {
    asked,
    language: withRemaining(
      languageModelOn(() => chat),
      remaining,
    ),
  };
}

test("a question ends with what is left, and its usage is known all the same", async () => {
  const { asked, language } = modelWith(() => "About 3 of 9 script runs.");
  const question = ask({ prompt: "Plan.\n" });
  await language.text(question);
  expect(asked).toEqual(["Plan.\n\n# What is left of the run\nAbout 3 of 9 script runs.\n"]);
  expect(language.usageOf(question)).toEqual(usage);
});

test("without a cap a question stays as it is", async () => {
  const { asked, language } = modelWith(() => null);
  await language.text(ask({ prompt: "Plan." }));
  expect(asked).toEqual(["Plan."]);
});

test("a resumed run finds its answer although less is left now", async () => {
  let left = 9;
  const { asked, language } = modelWith(() => `About ${left--} of 9 script runs.`);
  const folder = join(mkdtempSync(join(tmpdir(), "mle-star-remaining-")), "calls");
  const events: RunEvent[] = [];
  const model = () =>
    journaled(language, {
      folder,
      note: (event) => void events.push(event),
      clock: () => 0,
      usageOf: language.usageOf,
    });
  await model().text(ask({ prompt: "Plan." }));
  await model().text(ask({ prompt: "Plan." }));
  expect(asked).toHaveLength(1);
  expect(events).toMatchObject([{ usage }, { usage }]);
});
