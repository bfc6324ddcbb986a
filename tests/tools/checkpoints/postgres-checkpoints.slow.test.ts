import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { END, START, StateGraph } from "@langchain/langgraph";
import pg from "pg";
import { expect, test } from "vitest";
import { z } from "zod";
import { SettingsError } from "../../../src/core/errors.ts";
import { postgresCheckpoints } from "../../../tools/checkpoints/postgres-checkpoints.ts";
import { checkpointContract } from "../../support/checkpoint-contract.ts";
import { cutConnections, postgresSchema } from "../../support/postgres.ts";
import { drawFrom } from "../../support/tiny-task.ts";

checkpointContract("PostgreSQL", async (context) => {
  const url = await postgresSchema(context);
  const thread = randomUUID();
  return { open: () => postgresCheckpoints(url, thread), bytes: () => bytesOf(url) };
});

async function bytesOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>(
    "SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = $1 AND relkind = 'r'",
    [new URL(url).searchParams.get("schema")],
  );
  await client.end();
  return Number(rows[0]?.bytes);
}

const State = z.object({ count: z.number() });
const config = { configurable: { thread_id: "same" }, durability: "sync" as const };

async function counter(url: string, thread: string, goesOn = (count: number) => count < 5) {
  const { saver, close } = await postgresCheckpoints(url, thread);
  const graph = new StateGraph(State)
    .addNode("add", ({ count }) => ({ count: count + 1 }))
    .addEdge(START, "add")
    .addConditionalEdges("add", ({ count }) => (goesOn(count) ? "add" : END), ["add", END])
    .compile({ checkpointer: saver });
  return { graph, close };
}

test("two runs of one name in one database are kept apart, also when they begin at once", async (context) => {
  const url = await postgresSchema(context);
  const [first, second] = await Promise.all([counter(url, "run a"), counter(url, "run b")]);
  await first.graph.invoke({ count: 3 }, config);
  expect((await second.graph.getState(config)).createdAt).toBeUndefined();
  await second.graph.invoke({ count: 0 }, config);
  const states = await Promise.all([first, second].map(({ graph }) => graph.getState(config)));
  expect(states.map(({ metadata }) => metadata?.step)).toEqual([2, 5]);
  await Promise.all([first.close(), second.close()]);
});

test("connections that are cut at any moment are made again, and no checkpoint is lost", async (context) => {
  const url = await postgresSchema(context);
  const random = drawFrom(1);
  let cuts = 0;
  const { graph, close } = await counter(url, "to be cut", () => cuts < 60);
  const run = graph.invoke({ count: 0 }, { ...config, recursionLimit: 1_000_000 });
  while (cuts < 60) {
    await sleep(random() * 50);
    cuts += await cutConnections("to be cut");
  }
  const { count } = await run;
  const counts = [];
  for await (const { values } of graph.getStateHistory(config)) counts.unshift(values.count);
  expect(counts).toEqual([undefined, ...Array.from({ length: count + 1 }, (_, index) => index)]);
  await close();
}, 120_000);

test.each([
  { url: "postgres://nobody@127.0.0.1:9/none", says: /cannot be used.*start the server/ },
  { url: "mysql://127.0.0.1/x", says: /postgres:\/\/user@host:port\/database/ },
  { url: "postgres://127.0.0.1/x?schema=A-B", says: /schema "A-B"/ },
])("$url is refused in a sentence", async ({ url, says }) => {
  const refusal = await postgresCheckpoints(url, "run").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(SettingsError);
  expect(String(refusal)).toMatch(says);
});
