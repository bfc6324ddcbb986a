import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { Candidate } from "../../src/core/candidate.ts";
import { readScratchpad } from "../../tools/run-folder/scratchpad.ts";
import { devServer } from "../support/dev-server.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-alone-"));
const folder = resolve("examples/digits");
const small = { tracks: 1, models: 1, outerSteps: 0, ensembleRounds: 0, dataUsageCheck: false };

test("the three graphs run alone, each from its own form", async () => {
  await using server = await devServer(home);
  const { client } = server;
  let thread = "";
  const run = async (graph: string, input: Record<string, unknown>, context = {}) => {
    const { thread_id } = await client.threads.create();
    thread = thread_id;
    await client.runs.wait(thread_id, graph, {
      input: { folder, ...input },
      context: { ...small, ...context },
    });
    const { values } = await client.threads.getState(thread_id);
    return Candidate.parse(z.looseObject({ solution: z.unknown() }).parse(values).solution);
  };
  const first = await run("initial-solution", {});
  expect(first.score).toBeGreaterThan(0.9);
  const { script } = first;
  const refined = await run("refinement", { script }, { outerSteps: 1, innerSteps: 1 });
  expect(refined.score).toBeGreaterThanOrEqual(first.score ?? 1);
  const other = script.replaceAll("SEED = 0", "SEED = 1");
  // Two scripts given, one round, and the submission's own: a second round would be one too many.
  const capped = { ensembleRounds: 3, maxScriptRuns: 4, cache: false };
  const combined = await run("ensemble", { scripts: [script, other] }, capped);
  expect(combined.score).toBeGreaterThan(0.9);
  const events = readScratchpad(join(home, "runs", thread, "scratchpad.jsonl"));
  expect(
    events.filter(({ type, at }) => type === "candidate" && at.startsWith("ensemble")),
  ).toHaveLength(1);
  expect(events).toContainEqual(
    expect.objectContaining({ subject: "budget", reason: expect.stringMatching(/^Script runs/) }),
  );
});
