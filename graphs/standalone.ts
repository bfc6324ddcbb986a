import { END, type LangGraphRunnableConfig, Send, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import { place } from "../src/core/place.ts";
import { RunContext } from "../src/core/run-context.ts";
import { ensembleGraph } from "./ensemble.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import { initialSolutionGraph } from "./initial-solution.ts";
import { ids, nested, nodeOf } from "./node.ts";
import type { Ports } from "./ports.ts";
import { Alone, OwnModels, preparation, TaskFolder } from "./preparation.ts";
import { refinementGraph } from "./refinement.ts";

const script = z.string().min(1).meta({
  title: "Script",
  description: "a solution: Python that prints its validation score and writes the submission",
});

const State = Alone.extend({
  /** What is to be refined, or combined; each only in the graph that asks for it. */
  script: script.optional(),
  scripts: z.array(script).optional(),
  /** The given scripts, once they are evaluated. */
  candidates: ids,
});
type State = z.infer<typeof State>;
type Runtime = LangGraphRunnableConfig;

const Given = z.object({ number: z.number(), script: z.string() });

/** One of the paper's three graphs, and the work of it: from the given scripts to the candidates it comes to. */
interface Part {
  graph: ReturnType<typeof initialSolutionGraph | typeof refinementGraph | typeof ensembleGraph>;
  work: (state: State, runtime: Runtime) => Promise<string[]>;
}

/** Algorithm 1 on a task folder: the best merged script of the models found. */
export const initialSolutionAlone = (ports: Ports) =>
  standalone(ports, "initial-solution", TaskFolder.extend(OwnModels.shape), (evaluation) => {
    const graph = initialSolutionGraph(ports, evaluation);
    const work: Part["work"] = async ({ models }, runtime) => {
      const { base } = await graph.invoke({ at: place.track(1).text, models }, nested(runtime));
      return base === null ? [] : [base];
    };
    return { graph, work };
  });

/** Algorithm 2 on a task folder and a script: the script refined, block by block. */
export const refinementAlone = (ports: Ports) =>
  standalone(ports, "refinement", TaskFolder.extend({ script }), (evaluation) => {
    const graph = refinementGraph(ports, evaluation);
    const work: Part["work"] = async ({ candidates: [given] }, runtime) => {
      if (given === undefined || ports.journal.ledger.candidate(given).score === null) return [];
      const input = { at: place.given(1).text, base: given };
      return [(await graph.invoke(input, nested(runtime))).base];
    };
    return { graph, work };
  });

const Scripts = z.array(script).min(2);

/** Algorithm 3 on a task folder and scripts: the best of them and of what combines them. */
export const ensembleAlone = (ports: Ports) =>
  standalone(
    ports,
    "ensemble",
    TaskFolder.extend({
      scripts: Scripts.meta({ title: "Scripts", description: "two solutions or more" }),
    }),
    (evaluation) => {
      const graph = ensembleGraph(ports, evaluation);
      const work: Part["work"] = async ({ candidates }, runtime) => {
        const solutions = ports.journal.ledger.standing(candidates).map(({ id }) => id);
        const input = { at: place.ensemble.text, solutions };
        return (await graph.invoke(input, nested(runtime))).ensembles;
      };
      return { graph, work };
    },
  );

/** A graph of the paper on its own: the task is prepared, given scripts are evaluated, and then it works. */
function standalone<Input extends z.ZodObject>(
  ports: Ports,
  name: "initial-solution" | "refinement" | "ensemble",
  input: Input,
  make: (evaluation: Evaluation) => Part,
) {
  const evaluation = evaluationOf(ports);
  const part = make(evaluation);
  const { prepare, analyse, report, isPrepared } = preparation(ports);
  const { ledger } = ports.journal;
  const node = nodeOf<State>(ports);

  const evaluate = async ({ number, script }: z.infer<typeof Given>, runtime: Runtime) => {
    const fresh = { at: place.given(number), title: `given script ${number}`, script };
    const { id } = await evaluation.evaluate({ ...fresh, purpose: "solution" }, runtime);
    return { candidates: [id], seen: ledger.count };
  };

  const work = async (state: State, runtime: Runtime) => {
    const ends = await part.work(state, runtime);
    return { solution: ledger.standing([...state.candidates, ...ends])[0]?.id ?? null };
  };

  const begin = ({ script, scripts }: State) => {
    const given = scripts ?? (script === undefined ? [] : [script]);
    return given.length === 0
      ? name
      : given.map((script, index) => new Send("evaluate", { number: index + 1, script }));
  };

  return new StateGraph({ state: State, input, context: RunContext })
    .addNode("prepare", node(prepare))
    .addNode("task-analyst", node(analyse))
    .addNode("evaluate", evaluate, { input: Given, subgraphs: [evaluation.graph] })
    .addNode(name, node(work), { subgraphs: [part.graph] })
    .addNode("report", node(report))
    .addEdge(START, "prepare")
    .addConditionalEdges("prepare", (state) => (isPrepared() ? begin(state) : "task-analyst"), [
      "task-analyst",
      "evaluate",
      name,
    ])
    .addConditionalEdges("task-analyst", begin, ["evaluate", name])
    .addEdge("evaluate", name)
    .addEdge(name, "report")
    .addEdge("report", END)
    .compile();
}
