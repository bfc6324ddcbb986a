import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { END, Send, START, StateGraph } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { NodeSqlite } from "../../../src/record/node-sqlite.ts";
import { guardCheckpoints } from "../../../tools/checkpoints/guarded-checkpoints.ts";
import { sqliteCheckpoints } from "../../../tools/checkpoints/sqlite-checkpoints.ts";

const State = z.object({ branch: z.string() });

test("when checkpoints can no longer be written, the run ends at once and keeps the state it was in", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "mle-star-guarded-")), "c.sqlite");
  const { saver, close } = sqliteCheckpoints(file);
  const broken = new AbortController();
  const failures: unknown[] = [];
  const checkpointer = guardCheckpoints(saver, (failure) => {
    failures.push(failure);
    broken.abort(failure);
  });
  const ended: string[] = [];
  const graph = new StateGraph(State)
    .addNode("work", async ({ branch }, { signal }) => {
      // The table is taken away under the quick branch, the slow one is at work meanwhile.
      if (branch === "quick") new NodeSqlite(file).exec("DROP TABLE writes");
      else await sleep(60_000, undefined, { signal: signal ?? AbortSignal.abort() });
      ended.push(branch);
      return {};
    })
    .addConditionalEdges(
      START,
      () => ["quick", "slow"].map((branch) => new Send("work", { branch })),
      ["work"],
    )
    .addEdge("work", END)
    .compile({ checkpointer });
  const config = { configurable: { thread_id: "t" }, durability: "sync" as const };
  await expect(
    graph.invoke({ branch: "" }, { ...config, signal: broken.signal }),
  ).rejects.toThrow();
  expect(failures).toHaveLength(1);
  expect(String(failures[0])).toMatch(/no such table/);
  expect(ended).toEqual(["quick"]);
  close();
});
