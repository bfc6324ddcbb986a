import { MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { ensembleAlone, initialSolutionAlone, refinementAlone } from "../../graphs/standalone.ts";
import { fakePorts, settings, task } from "../support/fake-ports.ts";
import { always, fenced, scriptedModel } from "../support/scripted-model.ts";

const GRAPHS = { mleStarGraph, initialSolutionAlone, refinementAlone, ensembleAlone };

test.each(Object.entries(GRAPHS))(
  "%s is at most four graphs deep, and all that evaluate share one graph for it",
  (_, make) => {
    const within = [
      ...make(fakePorts(scriptedModel({}).model).ports).getSubgraphs(undefined, true),
    ];
    const depths = within.map(([path]) => 1 + path.split("|").length);
    expect(Math.max(...depths)).toBeLessThanOrEqual(4);
    const evaluations = within.flatMap(([, graph]) => (graph.name === "evaluate" ? [graph] : []));
    expect(evaluations.length).toBeGreaterThan(0);
    expect(new Set(evaluations).size).toBe(1);
  },
);

/** All that is kept, as text: what a checkpointer keeps is bytes deep inside. */
const textOf = (value: unknown): string =>
  value instanceof Uint8Array
    ? new TextDecoder().decode(value)
    : typeof value === "object" && value !== null
      ? Object.values(value).map(textOf).join("\n")
      : String(value);

test("no task, workbench or settings is copied into a checkpoint of any graph", async () => {
  const MARK = "a word that stands nowhere else";
  const scripted = scriptedModel({
    retriever: always({
      models: [{ name: "a", description: "", exampleCode: "a()", sources: [] }],
    }),
    initializer: always(fenced("score 5")),
    ablator: always(fenced("Ablation[baseline]: 1")),
    summarizer: always("nothing"),
    extractor: always({ block: "score 5", firstLine: null, lastLine: null, plan: "better" }),
    coder: always(fenced("score 4")),
    ensembler: always(fenced("score 3")),
    submitter: always(fenced("score 3")),
  });
  const sizes = { models: 1, outerSteps: 1, innerSteps: 1, tracks: 2, ensembleRounds: 1 };
  const { ports } = fakePorts(scripted.model, {
    settings: { ...settings, ...sizes, method: "paper", instructions: MARK },
    draft: { ...task, profile: MARK },
  });
  const graph = mleStarGraph({
    ...ports,
    prepared: () => {
      const { workbench, ...rest } = ports.prepared();
      return { ...rest, workbench: { ...workbench, gpu: MARK } };
    },
  });
  const saver = new MemorySaver();
  graph.checkpointer = saver;
  await graph.invoke({ folder: "toy" }, { configurable: { thread_id: "t" }, recursionLimit: 500 });

  expect(scripted.asks.every(({ prompt }) => prompt.includes(MARK))).toBe(true);
  const nodes = Object.keys(saver.storage["t"] ?? {}).map((space) => space.replace(/:[^|]*/g, ""));
  expect(nodes).toEqual(
    expect.arrayContaining([
      ...["", "track", "ensemble", "submission", "submission|evaluate"],
      ...["track|initial-solution|initializer", "track|refinement|run-ablation"],
    ]),
  );
  expect(textOf(saver.storage) + textOf(saver.writes)).not.toContain(MARK);
});
