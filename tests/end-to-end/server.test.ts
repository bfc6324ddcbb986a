import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { modelsToMarkdown } from "../../src/core/words/models-markdown.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { mleStar } from "../support/command-line.ts";
import { type DevServer, devServer, pending } from "../support/dev-server.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-server-"));
const folder = resolve("examples/digits");
const small = {
  tracks: 1,
  models: 1,
  outerSteps: 0,
  ensembleRounds: 0,
  dataUsageCheck: false,
  cache: false,
};
const own = {
  name: "Nearest neighbours of mine",
  description: "Digits look like their neighbours.",
  exampleCode:
    "from sklearn.neighbors import KNeighborsClassifier\nmodel = KNeighborsClassifier(3)\nmodel.fit(X, y)\np = model.predict(X_test)\n",
  sources: [],
};
const eventsOf = (id: string) => readEvents(join(home, "runs", id, "scratchpad.jsonl"));

async function untilIdle({ client }: DevServer, thread: string): Promise<void> {
  while ((await client.threads.get(thread)).status === "busy")
    await new Promise((done) => setTimeout(done, 500));
}

/** Starts a run, and answers its question with a model written by hand; the answer's own run goes on in the server. */
async function startWithOwnModel(server: DevServer): Promise<string> {
  const { client } = server;
  const { thread_id: thread } = await client.threads.create();
  await client.runs.wait(thread, "mle-star", {
    input: { folder },
    context: { ...small, review: ["models"] },
  });
  const [asked] = await pending(server, thread);
  expect(asked?.question).toMatchObject({
    at: "track-1/models",
    action_request: { action: "models", args: { models: [{ name: expect.any(String) }] } },
  });
  const resume = { [asked?.id ?? ""]: [{ type: "response", args: modelsToMarkdown([own]) }] };
  await client.runs.create(thread, "mle-star", { command: { resume } });
  return thread;
}

async function expectSubmission(server: DevServer, thread: string): Promise<void> {
  await untilIdle(server, thread);
  const { values, next } = await server.client.threads.getState(thread);
  expect(next).toEqual([]);
  const { solution } = z.looseObject({ solution: z.string() }).parse(values);
  expect(Ledger.of(eventsOf(thread)).candidate(solution).score).toBeGreaterThan(0.9);
  expect(eventsOf(thread)).toContainEqual(
    expect.objectContaining({ type: "candidate", title: own.name, score: expect.any(Number) }),
  );
  const submission = readFileSync(join(home, "runs", thread, "best", "submission.csv"), "utf8");
  expect(submission.split("\n").length).toBeGreaterThan(100);
}

test("a client gets the retrieved models, adds one by hand, and gets the submission", async () => {
  await using server = await devServer(home);
  await expectSubmission(server, await startWithOwnModel(server));
});

test("the same with the server killed in between: it goes on after its restart and does nothing twice", async () => {
  let thread = "";
  {
    await using server = await devServer(home);
    thread = await startWithOwnModel(server);
    await expect
      .poll(() => eventsOf(thread).map(({ type }) => type), { timeout: 60_000 })
      .toContain("script-started");
    await server.crash();
  }
  const before = eventsOf(thread);
  expect(before.some(({ type }) => type === "result")).toBe(false);

  await using server = await devServer(home);
  expect(server.output()).toContain(`going on with run ${thread}`);
  await expectSubmission(server, thread);
  const keys = new Set(before.map(({ key }) => key));
  const again = eventsOf(thread).slice(before.length);
  expect(again.filter(({ key }) => keys.has(key))).toEqual([]);
});

test("a run begun in the server is resumed from the command line, and the other way round", async () => {
  const begunInTerminal = randomUUID();
  const settings =
    "--tracks 1 --models 1 --outer-steps 0 --ensemble-rounds 0 --no-data-usage-check";
  const words = [...settings.split(" "), "--review", "models", "--run-id", begunInTerminal];
  const stopped = await mleStar(["run", folder, ...words], { cwd: home });
  expect(stopped).toMatchObject({ exitCode: 130, stderr: expect.stringMatching(/--answer/) });

  let begunInServer = "";
  {
    await using server = await devServer(home);
    const { client } = server;
    const { thread_id } = await client.threads.create();
    begunInServer = thread_id;
    const context = { ...small, review: ["models"] };
    await client.runs.wait(thread_id, "mle-star", { input: { folder }, context });

    // The server has found it waiting at its start.
    await untilIdle(server, begunInTerminal);
    const [asked] = await pending(server, begunInTerminal);
    const resume = { [asked?.id ?? ""]: [{ type: "accept" }] };
    const end = await client.runs.wait(begunInTerminal, "mle-star", { command: { resume } });
    expect(end).toMatchObject({ solution: "track-1/model-1" });
  }
  writeFileSync(join(home, "answer.json"), '{"type": "accept"}');
  const resumed = await mleStar(["resume", begunInServer, "--answer", "answer.json"], {
    cwd: home,
  });
  expect(resumed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("submission") });
});

test("a cancelled run takes its running script with it, and can be resumed", async () => {
  await using server = await devServer(home);
  const { client } = server;
  const { thread_id: thread } = await client.threads.create();
  const context = { ...small, models: 3 };
  const { run_id } = await client.runs.create(thread, "mle-star", { input: { folder }, context });
  const types = () => eventsOf(thread).map(({ type }) => type);
  await expect.poll(types, { timeout: 60_000 }).toContain("script-started");
  await client.runs.cancel(thread, run_id);
  await expect.poll(types, { timeout: 10_000 }).toContain("closed");
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  expect(stdout.split("\n").filter((line) => line.includes(thread))).toEqual([]);
  expect(types()).not.toContain("result");
  expect(await mleStar(["resume", thread], { cwd: home })).toMatchObject({ exitCode: 0 });
});
