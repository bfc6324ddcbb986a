import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readEvents } from "../../src/record/event-log.ts";
import { mleStar } from "../support/command-line.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-answers-"));
const words =
  "--tracks 2 --models 1 --outer-steps 0 --ensemble-rounds 0 --no-data-usage-check --no-cache --review models --run-id asked";
const Questions = z.record(z.string(), z.object({ id: z.string() }));

const questions = () =>
  Questions.parse(JSON.parse(readFileSync(join(home, "runs", "asked", "questions.json"), "utf8")));
const resume = (answers: Record<string, unknown>) => {
  writeFileSync(join(home, "answers.json"), JSON.stringify(answers));
  return ["resume", "asked", "--json", "--answer", "answers.json"];
};
const reviews = () =>
  readEvents(join(home, "runs", "asked", "scratchpad.jsonl")).flatMap(({ type, at }) =>
    type === "review" ? [at] : [],
  );

test("the last of two questions is answered first, by id, and the run killed; it goes on and asks only the other", async () => {
  const begun = await mleStar(["run", resolve("examples/digits"), ...words.split(" ")], {
    cwd: home,
  });
  expect(begun.exitCode).toBe(130);
  const asked = questions();
  expect(Object.keys(asked)).toEqual(["track-1/models", "track-2/models"]);

  const answers = resume({ [asked["track-2/models"]?.id ?? ""]: { type: "accept" } });
  const killed = await mleStar(answers, {
    cwd: home,
    onLine: (line, kill) => {
      if (line.includes('"script-started"')) kill("SIGKILL");
    },
  });
  expect(killed.exitCode).toBeNull();
  expect(reviews()).toEqual(["track-2/models"]);

  const other = await mleStar(["resume", "asked"], { cwd: home });
  expect(other.exitCode).toBe(130);
  expect(other.stdout).toMatch(/track 2 › model 1: .*first score/);
  expect(Object.keys(questions())).toEqual(["track-1/models"]);

  const done = await mleStar(resume({ "track-1/models": { type: "accept" } }), { cwd: home });
  expect(done.exitCode).toBe(0);
  expect(reviews()).toEqual(["track-2/models", "track-1/models"]);
});
