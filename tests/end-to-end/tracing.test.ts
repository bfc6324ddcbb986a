import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { mleStar } from "../support/command-line.ts";
import { traceCollector } from "../support/trace-collector.ts";

const KEY = "lsv2_planted_0123456789abcdef";
const home = mkdtempSync(join(tmpdir(), "mle-star-tracing-"));
const words = ["--tracks", "1", "--models", "1", "--outer-steps", "0", "--ensemble-rounds", "0"];
const run = (id: string, endpoint: string, more: Record<string, string> = {}) =>
  mleStar(["run", resolve("examples/digits"), ...words, "--run-id", id], {
    cwd: home,
    environment: {
      LANGSMITH_TRACING: "true",
      LANGSMITH_API_KEY: KEY,
      LANGSMITH_ENDPOINT: endpoint,
      ...more,
    },
  });

test("one trace of the run holds agents and scripts, and neither keys nor paths", async () => {
  await using collector = await traceCollector();
  const { exitCode } = await run("traced", collector.url, { SOME_TOKEN: "planted-token-of-mine" });
  expect(exitCode).toBe(0);
  const traces = collector.traces();
  const roots = traces.filter(({ parent_run_id }) => parent_run_id === undefined);
  expect(roots).toMatchObject([
    {
      name: "mle-star digits",
      tags: expect.arrayContaining(["mle-star", "offline"]),
      extra: { metadata: { run_id: "traced", task: "digits" } },
    },
  ]);
  expect(new Set(traces.map(({ trace_id }) => trace_id)).size).toBe(1);
  expect(traces.filter(({ end_time }) => end_time === undefined)).toEqual([]);
  const agents = traces.filter(({ tags }) => tags?.includes("agent"));
  expect(agents.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["retriever", "initializer", "data-usage-checker"]),
  );
  expect(agents.every(({ outputs }) => outputs !== undefined)).toBe(true);
  expect(traces.find(({ run_type }) => run_type === "tool")).toMatchObject({
    run_type: "tool",
    inputs: { script: expect.stringContaining("Final Validation Performance") },
    outputs: { outcome: "ok", score: expect.any(Number) },
    extra: { metadata: { track: 1, model: 1, score: expect.any(Number) } },
  });
  const bodies = JSON.stringify(collector.received.map(({ path, body }) => ({ path, body })));
  for (const secret of [KEY, "planted-token-of-mine", home, process.cwd(), process.env["HOME"]])
    expect(bodies).not.toContain(secret);
});

test("hidden inputs and outputs stay hidden", async () => {
  await using collector = await traceCollector();
  await run("hidden", collector.url, {
    LANGSMITH_HIDE_INPUTS: "true",
    LANGSMITH_HIDE_OUTPUTS: "true",
  });
  expect(collector.traces().length).toBeGreaterThan(5);
  expect(collector.text()).not.toContain("import");
});

test("an endpoint out of reach neither slows the run nor holds the program", async () => {
  const began = performance.now();
  let ended = 0;
  const child = mleStar(["run", resolve("examples/digits"), ...words, "--run-id", "unreachable"], {
    cwd: home,
    environment: {
      LANGSMITH_TRACING: "true",
      LANGSMITH_API_KEY: KEY,
      LANGSMITH_ENDPOINT: "http://127.0.0.1:9",
    },
    onLine: (line) => {
      if (line.startsWith("Done")) ended = performance.now();
    },
  });
  expect((await child).exitCode).toBe(0);
  expect(ended).toBeGreaterThan(began);
  expect(performance.now() - ended).toBeLessThan(3800);
});
