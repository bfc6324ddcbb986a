import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { refinementGraph } from "../../graphs/refinement.ts";
import { Place } from "../../src/core/place.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, planned, scriptedModel } from "../support/scripted-model.ts";

const WHOLE = { scope: "script", plan: "Write it anew." };
const BLOCK = { block: "measured 5", firstLine: null, lastLine: null, plan: "Less." };

/** One refinement of a script at 5, by a language model whose answers are these, where scores are measured. */
async function refined(
  answers: Parameters<typeof scriptedModel>[0],
  { script = "measured 5\n# the rest", ...changes }: Partial<typeof settings> & { script?: string },
) {
  const scripted = scriptedModel(answers);
  const own = { ...settings, outerSteps: 1, innerSteps: 2, ...changes };
  const fake = fakePorts(scripted.model, { settings: own, measures: {} });
  const evaluation = evaluationOf(fake.ports);
  const fresh = { at: Place.parse("track-1/model-1"), title: "first", script };
  const base = await evaluation.evaluate({ ...fresh, purpose: "solution" }, {});
  const end = await refinementGraph(fake.ports, evaluation).invoke({
    at: "track-1",
    base: base.id,
  });
  const asked = (name: string) => scripted.asks.filter(({ agent }) => agent === name);
  return { end, asked, ...scripted, ...fake };
}

test("the whole script may be chosen: what the coder writes is all that runs", async () => {
  const { runs, agents, asked } = await refined(
    { extractor: once(WHOLE), coder: once(fenced("measured 4")) },
    { innerSteps: 1 },
  );
  expect(runs.at(-1)?.script).toBe("measured 4");
  expect(asked("coder")[0]?.input).toMatchObject({ scope: "script" });
  expect(agents()).toEqual(["extractor", "coder"]);
});

test.each([
  { from: "best" as const, script: "measured 3\n# the rest" },
  { from: "original" as const, script: "measured 3\n# the rest" },
])(
  "a later attempt of a step starts from the $from script, with its block as it is there",
  async ({ from }) => {
    const { asked, ledger } = await refined(
      {
        extractor: once(BLOCK),
        planner: once({ ...planned("Again."), from }),
        coder: once(fenced("measured 4 # less"), fenced("measured 3")),
      },
      {},
    );
    expect(asked("planner")[0]?.input).toMatchObject({ block: "measured 4 # less", isLead: true });
    const second = ledger.candidate("track-1/refine-1/attempt-2");
    expect(second).toMatchObject(
      from === "best" ? { parent: "track-1/refine-1/attempt-1" } : { parent: "track-1/model-1" },
    );
    expect(second.script).toBe("measured 3\n# the rest");
  },
);

test("an attempt that is worse by itself counts where the run's blend gains by it", async () => {
  const { end, ledger } = await refined(
    { extractor: once(WHOLE), coder: once(fenced("measured 5.5")) },
    { innerSteps: 1 },
  );
  expect(ledger.candidate("track-1/refine-1/attempt-1")).toMatchObject({ blendGain: 0.75 });
  expect(end).toMatchObject({ base: "track-1/model-1", barren: 0 });
});

test("a model that finds nothing worth trying ends the refinement, and is not asked again", async () => {
  const { end, agents } = await refined({ extractor: always({ plan: "" }) }, { outerSteps: 3 });
  expect(agents()).toEqual(["extractor"]);
  expect(end).toMatchObject({ refusals: 1, steps: 1 });
});

test("an ablation is paid for where the model's own choice has brought nothing, in a script that has parts", async () => {
  const long = `measured 5\n${"# a line\n".repeat(80)}`;
  const worse = fenced("measured 9");
  const { agents } = await refined(
    {
      extractor: always(WHOLE),
      coder: once(worse, worse),
      ablator: once(fenced("Ablation[baseline]: 5")),
      summarizer: once("nothing"),
    },
    { outerSteps: 2, innerSteps: 1, script: long },
  );
  expect(agents()).toEqual([
    ...["extractor", "coder"],
    ...["ablator", "summarizer", "extractor", "coder"],
  ]);
});
