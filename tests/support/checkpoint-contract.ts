import { Command, END, interrupt, Send, START, StateGraph } from "@langchain/langgraph";
import { withLangGraph } from "@langchain/langgraph/zod";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { describe, expect, onTestFinished, type TestContext, test } from "vitest";
import { z } from "zod";

const State = z.object({
  large: z.string(),
  names: withLangGraph(z.array(z.string()), {
    default: () => [],
    reducer: {
      schema: z.array(z.string()),
      fn: (all: string[], more: string[]) => [...all, ...more],
    },
  }),
});
const config = { configurable: { thread_id: "t" }, durability: "sync" as const };

/** Where checkpoints are kept for one test: opened as often as the test likes. */
export interface CheckpointPlace {
  open(): Promise<{ saver: BaseCheckpointSaver; close: () => Promise<void> | void }>;
  /** What they take there. */
  bytes(): Promise<number>;
}

/** What a run needs of its checkpoints, whatever keeps them. */
export function checkpointContract(
  name: string,
  makePlace: (context: TestContext) => Promise<CheckpointPlace>,
): void {
  async function opened(place: CheckpointPlace): Promise<BaseCheckpointSaver> {
    const { saver, close } = await place.open();
    onTestFinished(async () => {
      await close();
    });
    return saver;
  }

  async function fanOut(place: CheckpointPlace, work: (name: string) => void) {
    return new StateGraph(State)
      .addNode("branch", ({ large }: z.infer<typeof State>) => {
        work(large);
        return { names: [large] };
      })
      .addConditionalEdges(
        START,
        () => ["a", "b", "c"].map((large) => new Send("branch", { large, names: [] })),
        ["branch"],
      )
      .addEdge("branch", END)
      .compile({ checkpointer: await opened(place) });
  }

  describe(name, () => {
    test("a failed branch is run again after a new opening, its finished siblings are not", async (context) => {
      const place = await makePlace(context);
      const calls: string[] = [];
      const failing = await fanOut(place, (name) => {
        calls.push(name);
        if (name === "b") throw new Error("killed");
      });
      await expect(
        failing.invoke({ large: "x".repeat(10_000), names: [] }, config),
      ).rejects.toThrow("killed");
      const before = [...calls];

      const again = await fanOut(place, (name) => void calls.push(name));
      const end = await again.invoke(null, config);

      expect(end.names).toEqual(["a", "b", "c"]);
      expect(before).toContain("b");
      expect(calls.slice(before.length)).toEqual(["b"]);
    });

    test("an interrupted run waits there and goes on with its answer", async (context) => {
      const place = await makePlace(context);
      const build = async () =>
        new StateGraph(State)
          .addNode("ask", () => ({ names: [String(interrupt("name?"))] }))
          .addEdge(START, "ask")
          .compile({ checkpointer: await opened(place) });
      await (await build()).invoke({ large: "", names: [] }, config);
      const graph = await build();
      expect((await graph.getState(config)).tasks[0]?.interrupts).toMatchObject([
        { value: "name?" },
      ]);
      const end = await graph.invoke(new Command({ resume: "Ada" }), config);
      expect(end.names).toEqual(["Ada"]);
    });

    test("a graph inside a node goes on at its own next node", async (context) => {
      const place = await makePlace(context);
      const calls: string[] = [];
      let fails = true;
      const build = async () => {
        const inner = new StateGraph(State)
          .addNode("first", () => {
            calls.push("first");
            return { names: ["first"] };
          })
          .addNode("second", () => {
            calls.push("second");
            if (fails) throw new Error("killed");
            return { names: ["second"] };
          })
          .addEdge(START, "first")
          .addEdge("first", "second")
          .addEdge("second", END)
          .compile();
        return new StateGraph(State)
          .addNode("inner", async (state, runtime) => {
            const { names } = await inner.invoke({ large: state.large, names: [] }, runtime);
            return { names };
          })
          .addEdge(START, "inner")
          .addEdge("inner", END)
          .compile({ checkpointer: await opened(place) });
      };
      await expect((await build()).invoke({ large: "", names: [] }, config)).rejects.toThrow();
      fails = false;
      const end = await (await build()).invoke(null, config);
      expect(end.names).toEqual(["first", "second"]);
      expect(calls).toEqual(["first", "second", "second"]);
    });

    test("its history is listed, newest first, under the name it was asked by", async (context) => {
      const place = await makePlace(context);
      const graph = await fanOut(place, () => {});
      await graph.invoke({ large: "", names: [] }, config);
      const steps = [];
      for await (const { metadata, config: at } of graph.getStateHistory(config))
        steps.push([metadata?.step, at.configurable?.["thread_id"]]);
      expect(steps).toEqual([
        [1, "t"],
        [0, "t"],
        [-1, "t"],
      ]);
    });

    test("state that is not JSON is refused with its place", async (context) => {
      const graph = new StateGraph(z.object({ score: z.number() }))
        .addNode("judge", () => ({ score: Number.POSITIVE_INFINITY }))
        .addEdge(START, "judge")
        .addEdge("judge", END)
        .compile({ checkpointer: await opened(await makePlace(context)) });
      await expect(graph.invoke({ score: 1 }, config)).rejects.toThrow(/score/);
    });

    test("a megabyte that does not change is not kept again by every step", async (context) => {
      const place = await makePlace(context);
      const { saver, close } = await place.open();
      const graph = new StateGraph(State)
        .addNode("step", () => ({ names: ["again"] }))
        .addEdge(START, "step")
        .addConditionalEdges("step", ({ names }) => (names.length < 20 ? "step" : END), [
          "step",
          END,
        ])
        .compile({ checkpointer: saver });
      await graph.invoke(
        { large: incompressible(1_000_000), names: [] },
        { ...config, recursionLimit: 100 },
      );
      await close();
      expect(await place.bytes()).toBeLessThan(4_000_000);
    });
  });
}

/** Text that a database cannot make smaller. */
function incompressible(characters: number): string {
  let state = 1;
  return Array.from({ length: characters / 4 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8).toString(36).padStart(5, "0").slice(-4);
  }).join("");
}
