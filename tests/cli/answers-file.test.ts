import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { answersFromFile } from "../../src/cli/answers-file.ts";
import { answersById, type Pending } from "../../src/run/pending.ts";

const question = (id: string, at: string): Pending => ({
  id,
  at,
  action_request: { action: "models", args: {} },
  config: { allow_accept: true, allow_edit: true, allow_respond: true, allow_ignore: false },
  description: "",
});
const questions = [question("1", "track-1/models"), question("2", "track-2/models")];

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "mle-star-answers-")), "answers.yaml");
  writeFileSync(path, text);
  return path;
}

test("answers are found by place or by id, in YAML or JSON, and are given once", async () => {
  const ask = answersFromFile(file("track-2/models: {type: accept}\n1: {type: accept}"), undefined);
  const answers = await ask(questions);
  expect(answersById(questions, answers ?? {})).toEqual({
    "1": { type: "accept" },
    "2": { type: "accept" },
  });
  expect(await ask(questions)).toBeNull();
});

test("one answer alone is for whatever is asked", async () => {
  const ask = answersFromFile(file('[{"type": "accept"}]'), undefined);
  expect(await ask(questions)).toEqual({
    "1": [{ type: "accept" }],
    "2": [{ type: "accept" }],
  });
});

test.each([
  { text: "track-1/models: {type: ignore}", says: /track-1\/models: answer with one of/ },
  { text: "track-1/models: perhaps", says: /track-1\/models: answer with one of/ },
])(
  "an answer of the wrong form is refused before the run goes on: $text",
  async ({ text, says }) => {
    await expect(answersFromFile(file(text), undefined)(questions)).rejects.toThrow(says);
  },
);

test("an answer to nothing that was asked names what was", () => {
  expect(() => answersById(questions, { elsewhere: {} })).toThrow(
    /"elsewhere".*track-1\/models, track-2\/models/,
  );
});

test.each(["42", "{", "- ["])("%s is no file of answers", (text) => {
  expect(() => answersFromFile(file(text), undefined)).toThrow(/JSON or YAML/);
});
