import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readEvents } from "../../src/record/event-log.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { devServer } from "../support/dev-server.ts";
import { traceCollector } from "../support/trace-collector.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-alone-"));
const folder = resolve("examples/digits");
const KEY = "lsv2_planted_0123456789abcdef";
const eventsOf = (id: string) => readEvents(join(home, "runs", id, "scratchpad.jsonl"));
const small = { tracks: 1, models: 1, outerSteps: 0, ensembleRounds: 0, dataUsageCheck: false };

test("the three graphs run alone, each from its own form, each as one complete trace", async () => {
  await using collector = await traceCollector();
  const threads: string[] = [];
  {
    await using server = await devServer(home, {
      LANGSMITH_TRACING: "true",
      LANGSMITH_API_KEY: KEY,
      LANGSMITH_ENDPOINT: collector.url,
      SOME_TOKEN: "planted-token-of-mine",
    });
    const { client } = server;
    const run = async (graph: string, input: Record<string, unknown>, context = {}) => {
      const { thread_id } = await client.threads.create();
      threads.push(thread_id);
      await client.runs.wait(thread_id, graph, {
        input: { folder, ...input },
        context: { ...small, instructions: "It is planted-token-of-mine.", ...context },
      });
      const { values } = await client.threads.getState(thread_id);
      const { solution } = z.looseObject({ solution: z.string() }).parse(values);
      return Ledger.of(eventsOf(thread_id)).candidate(solution);
    };
    const first = await run("initial-solution", {});
    expect(first.score).toBeGreaterThan(0.9);
    const { script } = first;
    const refined = await run("refinement", { script }, { outerSteps: 1, innerSteps: 1 });
    expect(refined.score).toBeGreaterThanOrEqual(first.score ?? 1);
    const other = script.replaceAll("SEED = 0", "SEED = 1");
    // Two scripts given, one round, and the submission's own: a second round would be one too many.
    const capped = { method: "paper", ensembleRounds: 3, maxScriptRuns: 4, cache: false };
    const combined = await run("ensemble", { scripts: [script, other] }, capped);
    expect(combined.score).toBeGreaterThan(0.9);
  }
  const events = eventsOf(threads.at(-1) ?? "");
  const rounds = events.filter(({ type, at }) => type === "candidate" && at.startsWith("ensemble"));
  expect(rounds).toHaveLength(1);
  expect(events).toContainEqual(
    expect.objectContaining({ type: "left-out", reason: expect.stringMatching(/Script runs/) }),
  );

  const traces = collector.traces();
  const graphs = ["initial-solution", "refinement", "ensemble"];
  const roots = traces.filter(({ parent_run_id }) => parent_run_id === undefined);
  expect(roots).toMatchObject(
    graphs.map((graph, index) => ({
      name: `${graph} digits`,
      tags: [graph, "offline"],
      extra: { metadata: { run_id: threads[index], session_id: threads[index], task: "digits" } },
    })),
  );
  expect(traces.filter(({ end_time }) => end_time === undefined)).toEqual([]);
  for (const { trace_id } of roots) {
    const own = traces.filter((trace) => trace.trace_id === trace_id);
    expect(own.some(({ tags }) => tags?.includes("agent"))).toBe(true);
    expect(own.find(({ run_type }) => run_type === "tool")).toMatchObject({
      name: "python",
      outputs: { outcome: "ok", score: expect.any(Number) },
    });
  }
  for (const secret of [KEY, "planted-token-of-mine", home, process.cwd()])
    expect(JSON.stringify(collector.received.map(({ body }) => body))).not.toContain(secret);
});
