import { titleOf } from "../../src/core/history.ts";
import type { RunEvent } from "../../src/core/run-event.ts";
import { Settings } from "../../src/core/settings.ts";
import { workbench } from "./fake-ports.ts";
import { agent, candidate, script } from "./made-event.ts";

export interface RunPlan {
  /** Refinement attempts besides the other candidates. */
  refinements?: number;
  /** Stands wherever a model, a table or a page could have put a text. */
  text?: string;
  metric?: string;
  /** The submission was made by a run of its own, with all rows. */
  reworked?: boolean;
}

/** A block of thirty lines that names a column of the data. */
const blockOf = (text: string) =>
  Array.from({ length: 30 }, (_, line) =>
    line === 1
      ? `    named = frame["${text}"]`
      : `    column_${line} = frame["c${line}"] * ${line}`,
  );

/** The events of a whole run, in order: two tracks, one attempt that fails, one that is mended, ablation and ensemble. */
export function eventsOfRun(
  runId: string,
  { refinements = 4, text = "ratios", metric = "rmse", reworked = false }: RunPlan,
): RunEvent[] {
  const settings = Settings.parse({ tracks: 2, innerSteps: 2 });
  const packages = ["numpy", "pandas", "scikit-learn", "pyarrow", "torch"].map((name) => ({
    name,
    version: "1.0",
  }));
  return [
    {
      type: "opened",
      key: "opened-1",
      at: "",
      version: "0.1.0",
      workbench: { ...workbench, packages },
    },
    { type: "run", key: "run", at: "", runId, task: text, model: "offline", settings },
    {
      type: "task",
      key: "task",
      at: "",
      metric,
      direction: "minimize",
      modality: "tabular",
    },
    models(text),
    ...scored("track-1/model-1", 10, { title: `Ridge ${text}`, previous: null }),
    ...mended("track-1/model-2", 9.5),
    ...failed("track-2/model-1", text),
    {
      type: "ablation",
      key: "track-1/refine-1/ablation-summary",
      at: "track-1/refine-1",
      summary: `${text} matters`,
      baseline: 10,
      effects: [
        { part: text, score: 12 },
        { part: "Model", score: 9 },
      ],
    },
    script("track-1/refine-1/ablation", "ablation"),
    ...Array.from({ length: refinements }, (_, index) => refinement(index, text)).flat(),
    {
      type: "decision",
      key: "track-1/refine-1/decision",
      at: "track-1/refine-1",
      subject: "refinement",
      kept: true,
      reason: text,
    },
    ...scored("ensemble/round-1", 7, { title: "ensemble: weigh", previous: 8 }),
    agent("ensemble/round-2", "ensembler", 0.25),
    {
      type: "left-out",
      key: "ensemble/round-3/left out",
      at: "ensemble/round-3",
      step: "ensemble",
      reason: `Wall clock: ${text}`,
    },
    ...(reworked ? resubmitted("submission/ensemble/round-1", text) : []),
    {
      type: "decision",
      key: "submission/ensemble/round-1/decision",
      at: "submission/ensemble/round-1",
      subject: "submission",
      kept: true,
      reason: text,
    },
    {
      type: "result",
      key: "result",
      at: "",
      runId,
      score: 7,
      metric: "rmse",
      direction: "minimize",
      solution: "best/solution.py",
      submission: "best/submission.csv",
      seconds: 100,
    },
  ];
}

const models = (text: string): RunEvent => ({
  type: "models",
  key: "track-1/models",
  at: "track-1",
  models: [
    {
      name: `Ridge ${text}`,
      description: text,
      exampleCode: `# ${text}`,
      sources: ["https://example.org/ridge", `javascript:alert("${text}")`],
    },
    { name: "Forest", description: "many trees", exampleCode: "fit()", sources: [] },
  ],
});

const scored = (
  at: string,
  score: number,
  { title, previous }: { title: string; previous: number | null },
): RunEvent[] => [
  agent(at, "initializer", 0.5),
  script(at),
  { type: "promotion", key: `${at}/promotion`, at, title, score, previous },
  candidate(at, { title, score }),
];

const resubmitted = (at: string, title: string): RunEvent[] => [
  {
    type: "decision",
    key: "submission/track-1/model-1/decision",
    at: "submission/track-1/model-1",
    subject: "submission",
    kept: false,
    reason: `its predictions are not those of ${title}`,
  },
  script(at, "submission"),
  { type: "promotion", key: `${at}/promotion`, at, title, score: 7, previous: 7 },
];

const mended = (at: string, score: number): RunEvent[] => [
  script(at, "solution", false),
  agent(at, "debugger", 0.1),
  script(`${at}/debug-1`),
  { type: "promotion", key: `${at}/promotion`, at, title: "Forest", score, previous: 10 },
  candidate(at, { title: "Forest", score, runId: `${at}/debug-1` }),
];

const failed = (at: string, text: string): RunEvent[] => [
  script(at, "solution", false),
  {
    type: "leakage",
    key: `${at}/leakage`,
    at,
    leaks: true,
    explanation: `the scaler sees ${text}`,
    fixed: true,
  },
  candidate(at, { title: text, problem: `KeyError: '${text}'` }),
];

function refinement(index: number, text: string): RunEvent[] {
  const at = `track-1/refine-${1 + Math.floor(index / 100)}/attempt-${1 + (index % 100)}`;
  const before = blockOf(text);
  const after = before.map((line, number) =>
    number % 10 === index % 10 ? `${line} + 1  # ${text}` : line,
  );
  const plan = `Use ${text} number ${index}.`;
  const title = titleOf(plan);
  const score = index === 0 ? 8 : 9.5 + ((index * 7919) % 100) / 100;
  const promotion: RunEvent[] =
    index === 0
      ? [{ type: "promotion", key: `${at}/promotion`, at, title, score, previous: 9.5 }]
      : [];
  return [
    agent(at, "coder", 0.01),
    script(at),
    ...promotion,
    candidate(at, {
      title,
      parent: "track-1/model-1",
      plan,
      before: before.join("\n"),
      after: after.join("\n"),
      score,
    }),
  ];
}
