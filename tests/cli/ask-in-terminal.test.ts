import { expect, test } from "vitest";
import { askWith, type Prompts } from "../../src/cli/ask-in-terminal.ts";
import { modelsToMarkdown } from "../../src/core/words/models-markdown.ts";
import type { Pending } from "../../src/run/pending.ts";

const model = (name: string) => ({
  name,
  description: "",
  exampleCode: `${name}()\n`,
  sources: [],
});
const config = { allow_accept: true, allow_edit: true, allow_respond: true, allow_ignore: false };
const aboutModels: Pending = {
  id: "1",
  at: "track-1/models",
  action_request: { action: "models", args: { models: [model("a")] } },
  config,
  description: "Which models?",
};
const aboutScript: Pending = {
  ...aboutModels,
  id: "2",
  at: "submission/track-1",
  action_request: { action: "submission", args: { script: "score 1" } },
  config: { ...config, allow_ignore: true },
};

/** A person who chooses and writes as told, and what that person was shown. */
function person(choices: string[], writings: string[] = []) {
  const shown: string[] = [];
  const prompts: Prompts = {
    choose: async (_, offered) => {
      shown.push(...offered.map(({ value }) => value));
      return choices.shift() ?? "";
    },
    write: async (_, text, ending) => {
      shown.push(`${ending}: ${text}`);
      return writings.shift() ?? text;
    },
  };
  return {
    ask: askWith(
      () => prompts,
      (line) => shown.push(line),
    ),
    shown,
  };
}

test("accepting and leaving out are told by a choice; only what may be left out can be", async () => {
  const { ask, shown } = person(["accept", "ignore"]);
  expect(await ask([aboutModels, aboutScript])).toEqual({
    "1": { type: "accept" },
    "2": { type: "ignore" },
  });
  expect(shown.filter((value) => value === "ignore")).toHaveLength(1);
});

test("models are edited as one Markdown text; one that cannot be read is edited again", async () => {
  const broken = "## b\nno code";
  const { ask, shown } = person(
    ["edit", "edit"],
    [broken, modelsToMarkdown([model("a"), model("b")])],
  );
  expect(await ask([aboutModels])).toEqual({
    "1": { type: "edit", args: { args: { models: [model("a"), model("b")] } } },
  });
  expect(shown).toContainEqual(expect.stringMatching(/"b" .*no example code/));
  expect(shown).toContainEqual(`.md: ${broken}`);
});

test("a script is edited as Python", async () => {
  const { ask, shown } = person(["edit"], ["score 2"]);
  expect(await ask([aboutScript])).toEqual({
    "2": { type: "edit", args: { args: { script: "score 2" } } },
  });
  expect(shown).toContain(".py: score 1");
});
