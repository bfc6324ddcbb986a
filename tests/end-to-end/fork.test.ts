import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { modelsToMarkdown } from "../../src/core/words/models-markdown.ts";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { mleStar } from "../support/command-line.ts";
import { digitsAnswer } from "../support/digits-answers.ts";
import { fakeOpenaiServer } from "../support/fake-openai-server.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-fork-"));
const own = {
  name: "Nearest neighbours of mine",
  description: "Digits look like their neighbours.",
  exampleCode:
    "from sklearn.neighbors import KNeighborsClassifier\nmodel = KNeighborsClassifier(3)\nmodel.fit(X, y)\np = model.predict(X_test)",
  sources: [],
};
const words =
  "--tracks 1 --models 1 --outer-steps 1 --inner-steps 1 --ensemble-rounds 0 --no-data-usage-check --no-cache --review models --models-file own.md --run-id base";
const INSTRUCTIONS = "Never use deep learning here.";

const command = (line: string, ...more: string[]) =>
  mleStar([...line.split(" "), ...more], { cwd: home });
const write = (name: string, text: string) => writeFileSync(join(home, name), text);
const folderOf = (id: string) => join(home, "runs", id);
const recordOf = (id: string) => JSON.parse(readFileSync(join(folderOf(id), "run.json"), "utf8"));
const eventsOf = (id: string) => readEvents(join(folderOf(id), "scratchpad.jsonl"));
const started = (id: string) => ofType(eventsOf(id), "script-started").map(({ at }) => at);

beforeAll(async () => {
  write("own.md", modelsToMarkdown([own]));
  const asked = await command(
    `run ${resolve("examples/digits")} ${words}`,
    "--instructions",
    INSTRUCTIONS,
  );
  expect(asked).toMatchObject({ exitCode: 130, stderr: expect.stringMatching(/--answer FILE/) });
  expect(asked.stderr).toMatch(/built-in engineer does not read instructions/);
});

test.each([
  { answers: "{", says: /answers\.yaml: it must be JSON or YAML/ },
  {
    answers: "track-7/models: {type: accept}",
    says: /"track-7\/models".*asked are track-1\/models/,
  },
  {
    answers: "track-1/models: {type: response, args: '# Lonely'}",
    exitCode: 130,
    says: /track-1\/models: That answer cannot be used: .*Lonely.*waits for an answer/,
  },
])(
  "an answer that cannot be used says why, and the question stays: $answers",
  async ({ answers, exitCode = 2, says }) => {
    write("answers.yaml", answers);
    const end = await command("resume base --answer answers.yaml");
    expect(end.stderr).toMatch(says);
    expect(end.exitCode).toBe(exitCode);
    expect(eventsOf("base").map(({ type }) => type)).not.toContain("review");
  },
);

test("a person's model from a file, once accepted, becomes a candidate; the decision is told", async () => {
  write("answers.yaml", "track-1/models: {type: accept}");
  expect(await command("resume base --answer answers.yaml")).toMatchObject({ exitCode: 0 });
  expect(eventsOf("base")).toContainEqual(
    expect.objectContaining({ type: "candidate", title: own.name, score: expect.any(Number) }),
  );
  const { stdout } = await command("show base");
  expect(stdout).toMatch(/reviews +track 1 › models: accepted/);
});

test("a fork runs only what its change makes new, asks nothing again, and says where it comes from", async () => {
  const solution = join(folderOf("base"), "attempts", "track-1", "model-1", "solution.py");
  const changed = readFileSync(solution, "utf8").replaceAll("SEED = 0", "SEED = 7");
  write("changed.py", `${changed}\n# by hand\n`);
  const end = await command("fork base --from track-1/model-1 --run-id forked --script changed.py");
  expect(end).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("a fork of base") });
  expect(started("forked")[0]).toBe("track-1/model-1~2");
  expect(recordOf("forked").fork).toEqual({
    runId: "base",
    from: "track-1/model-1",
    change: "another script",
    checkpoint: null,
  });
  const { stdout } = await command("show forked");
  expect(stdout).toMatch(/fork +of run base, from track 1 › model 1 on: another script/);
  expect(stdout).toMatch(/reviews +track 1 › models: accepted/);
});

test("a language model takes over from a step, and its fork follows a plan in a person's words", async () => {
  await using server = await fakeOpenaiServer(({ messages }) => ({
    text: digitsAnswer(messages[0]?.content ?? ""),
  }));
  const prompts = () => server.received.splice(0).map(({ body }) => JSON.stringify(body));
  const address = `${server.url}/v1`;
  const model = await command(
    `fork base --from track-1/model-1 --model vllm:middling --base-url ${address} --run-id asked`,
  );
  expect(model).toMatchObject({ exitCode: 0 });
  const asked = prompts();
  expect(asked.length).toBeGreaterThan(4);
  for (const prompt of asked) expect(prompt).toContain(INSTRUCTIONS);
  expect(recordOf("asked")).toMatchObject({
    model: "vllm:middling",
    fork: { runId: "base", change: "another model: vllm:middling" },
  });

  const at = "track-1/refine-1/attempt-1";
  const plan = "Blur them with kernel 7 before the model sees them.";
  const planned = await command(`fork asked --from ${at} --run-id planned`, "--plan", plan);
  expect(planned).toMatchObject({ exitCode: 0 });
  const [coder = "", ...later] = prompts();
  expect(coder).toContain(plan);
  expect(later.length).toBeLessThan(asked.length - 2);
  expect(eventsOf("planned")).toContainEqual(
    expect.objectContaining({ type: "candidate", plan, score: expect.any(Number) }),
  );
  for (const place of started("planned")) expect(place).toMatch(/attempt-1~|submission/);
});

test.each([
  { flags: ["--from", "track-9"], says: /give one change/ },
  { flags: ["--from", "track-9", "--script", "own.md"], says: /no such step; it has track-1/ },
  { flags: ["--from", "track-1/model-1", "--model", "no:one"], says: /no:one|"no"/ },
  {
    flags: ["--from", "track-1/refine-1/attempt-1", "--plan", "x"],
    says: /built-in engineer of run base follows only plans of its own.*--script FILE/,
  },
  { flags: ["--from", "track-9", "--script", "own.md", "--base-url", "x"], says: /--base-url/ },
])("a fork that cannot be is refused and leaves nothing: $flags", async ({ flags, says }) => {
  const end = await command("fork base --run-id bad", ...flags);
  expect(end).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(says) });
  expect(end.stderr.trim().split("\n")).toHaveLength(1);
  expect(existsSync(folderOf("bad"))).toBe(false);
});
