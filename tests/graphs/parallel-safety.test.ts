import { END, START, StateGraph } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { z } from "zod";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { nested } from "../../graphs/node.ts";
import { trackGraph } from "../../graphs/track.ts";
import { ToolError } from "../../src/core/errors.ts";
import type { RunPython } from "../../src/core/ports.ts";
import { fakePorts, fakeRun, settings } from "../support/fake-ports.ts";
import { always, fenced, scriptedModel } from "../support/scripted-model.ts";

const model = { name: "a", description: "", exampleCode: "a()", sources: [] };
const lean = { ...settings, models: 1, outerSteps: 0, tracks: 2, ensembleRounds: 0 };

/** Ports whose scripts run until they are told to end; they count those that began and those that were ended. */
function endlessPorts(secondTrack?: RunPython) {
  const scripted = scriptedModel({
    retriever: always({ models: [model] }),
    initializer: always(fenced("score 5")),
  });
  const begun: string[] = [];
  const ended: string[] = [];
  const begins = Promise.withResolvers<void>();
  const endless: RunPython = ({ id, script, purpose, signal }) => {
    begun.push(id);
    begins.resolve();
    return new Promise((done) => {
      signal?.addEventListener("abort", () => {
        ended.push(id);
        done({ ...fakeRun({ id, script, purpose }), ok: false, outcome: "aborted" });
      });
    });
  };
  const runPython: RunPython = (request) =>
    request.id.startsWith("track-2") && secondTrack ? secondTrack(request) : endless(request);
  const fake = fakePorts(scripted.model, { settings: lean, runPython });
  return { ...fake, begun, ended, begins: begins.promise };
}

test("one track's broken tool ends the other track's running script", async () => {
  const fake = endlessPorts(async () => {
    await fake.begins;
    throw new ToolError("the Python environment is gone");
  });
  const run = mleStarGraph(fake.ports).invoke({ folder: "toy" });
  await expect(run).rejects.toThrow("the Python environment is gone");
  expect(fake.begun).toEqual(["track-1/model-1"]);
  expect(fake.ended).toEqual(fake.begun);
});

test("an abort of the run reaches the scripts of every track, and none is recorded as ended", async () => {
  const { ports, begun, ended, ledger } = endlessPorts();
  const aborter = new AbortController();
  const run = mleStarGraph(ports).invoke({ folder: "toy" }, { signal: aborter.signal });
  const failure = expect(run).rejects.toThrow();
  await expect.poll(() => begun, { timeout: 20_000 }).toHaveLength(2);
  aborter.abort(new Error("interrupted"));
  await failure;
  expect(ended.toSorted()).toEqual(["track-1/model-1", "track-2/model-1"]);
  expect(ledger.executions).toEqual([]);
});

test("a time-out of the node that runs a whole track ends the script deep inside it", async () => {
  const { ports, begun, ended } = endlessPorts();
  const track = trackGraph(ports, evaluationOf(ports));
  const limited = new StateGraph(z.object({ done: z.boolean() }))
    .addNode(
      "track",
      async (_, runtime) => {
        await track.invoke({ at: "track-1" }, nested(runtime));
        return { done: true };
      },
      { timeout: 300 },
    )
    .addEdge(START, "track")
    .addEdge("track", END)
    .compile();
  await expect(limited.invoke({ done: false })).rejects.toThrow(/time/i);
  expect(begun).toEqual(["track-1/model-1"]);
  expect(ended).toEqual(begun);
});
