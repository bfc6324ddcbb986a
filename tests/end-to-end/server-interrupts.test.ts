import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { ofType } from "../../src/record/event.ts";
import { readEvents } from "../../src/record/event-log.ts";
import { type DevServer, devServer, pending } from "../support/dev-server.ts";
import { traceCollector } from "../support/trace-collector.ts";

const KEY = "lsv2_planted_0123456789abcdef";
const home = mkdtempSync(join(tmpdir(), "mle-star-interrupts-"));
const folder = resolve("examples/digits");
const small = { tracks: 2, models: 1, outerSteps: 0, ensembleRounds: 0, dataUsageCheck: false };
const exampleCode =
  "from sklearn.neighbors import KNeighborsClassifier\nmodel = KNeighborsClassifier(3)\nmodel.fit(X, y)\np = model.predict(X_test)\n";

test("two tracks that wait at once are answered by id, the last first, one of them by a server that began after the first was killed", async () => {
  await using collector = await traceCollector();
  const tracing = {
    LANGSMITH_TRACING: "true",
    LANGSMITH_API_KEY: KEY,
    LANGSMITH_ENDPOINT: collector.url,
  };
  let thread = "";
  const answer = async (server: DevServer, place: string) => {
    const waiting = await pending(server, thread);
    const [asked] = waiting.filter(({ question }) => question.at === place);
    const name = `Neighbours of ${place}`;
    const models = [{ name, description: "", exampleCode, sources: [] }];
    const resume = { [asked?.id ?? ""]: [{ type: "edit", args: { args: { models } } }] };
    await server.client.runs.wait(thread, "mle-star", { command: { resume } });
    return waiting.map(({ question }) => question.at);
  };
  {
    await using server = await devServer(home, tracing);
    const { client } = server;
    thread = (await client.threads.create()).thread_id;
    const context = { ...small, review: ["models"] };
    await client.runs.wait(thread, "mle-star", { input: { folder }, context });
    await server.crash();
  }
  {
    await using server = await devServer(home, tracing);
    expect(server.output()).toContain(`run ${thread} waits for an answer`);
    await expect
      .poll(async () => (await server.client.threads.get(thread)).status, { timeout: 30_000 })
      .toBe("interrupted");
    expect(await answer(server, "track-2/models")).toEqual(["track-1/models", "track-2/models"]);
    await answer(server, "track-1/models");
  }
  const events = readEvents(join(home, "runs", thread, "scratchpad.jsonl"));
  const titles = ofType(events, "candidate").map(({ at, title }) => [at, title]);
  expect(titles).toEqual([
    ["track-2/model-1", "Neighbours of track-2/models"],
    ["track-1/model-1", "Neighbours of track-1/models"],
  ]);
  const stretches = collector.traces().filter(({ parent_run_id }) => parent_run_id === undefined);
  expect(stretches.length).toBeGreaterThan(1);
  const errors = collector.traces().flatMap(({ error }) => (error === undefined ? [] : [error]));
  expect(new Set(errors)).toEqual(new Set(["GraphInterrupt: the run waits for an answer"]));
  for (const { extra } of stretches) expect(extra.metadata).toMatchObject({ session_id: thread });
  for (const secret of [KEY, home, process.cwd()])
    expect(JSON.stringify(collector.received.map(({ body }) => body))).not.toContain(secret);
});
