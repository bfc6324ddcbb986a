import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type { GraphName } from "../../src/core/run-context.ts";
import { RunCheckpoints } from "../../src/server/run-checkpoints.ts";
import { serveRun } from "../../src/server/served-run.ts";

const folder = resolve("examples/digits");
const runs = mkdtempSync(join(tmpdir(), "mle-star-refusals-"));
process.env["MLE_STAR_RUNS_DIR"] = runs;

test.each<{ graph?: GraphName; input: unknown; context: unknown; says: RegExp }>([
  { input: { folder }, context: { maxSeconds: -1 }, says: /^configuration: maxSeconds: / },
  { input: { folder }, context: { preset: "slow" }, says: /^configuration: preset: / },
  {
    input: { folder },
    context: { instructions: "x".repeat(4001) },
    says: /^configuration: instructions: .*4,000 characters/,
  },
  { input: { folder, models: [{}] }, context: {}, says: /^input: models\.0\.name: / },
  { input: { folder: "/nowhere" }, context: {}, says: /\/nowhere/ },
  { input: { folder }, context: 7, says: /^configuration: .*expected object/ },
  { graph: "refinement", input: { folder }, context: {}, says: /^input: script: give the script/ },
  {
    graph: "ensemble",
    input: { folder, scripts: ["print(1)"] },
    context: {},
    says: /^input: scripts: .*two or more/,
  },
  { input: null, context: {}, says: /there is no run to go on with/ },
])(
  "a request that cannot be is refused in a sentence and leaves nothing: $says",
  async (request) => {
    const options = { configurable: { thread_id: "new" }, context: request.context };
    const checkpoints = new RunCheckpoints(runs);
    const run = serveRun(request.graph ?? "mle-star", checkpoints, request.input, options);
    await expect(run.next()).rejects.toThrow(request.says);
    expect(readdirSync(runs)).toEqual([]);
  },
);
