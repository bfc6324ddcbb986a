import { Settings } from "../../src/core/settings.ts";
import { titleOf } from "../../src/core/tried-plan.ts";
import type { RunEvent } from "../../src/record/event.ts";
import { agent, candidate, models, script } from "./made-event.ts";

export interface RunPlan {
  /** Refinement attempts besides the other candidates. */
  refinements?: number;
  /** Stands wherever a model, a table or a page could have put a text. */
  text?: string;
  metric?: string;
  /** The submission was made by a run of its own, with all rows. */
  reworked?: boolean;
  /** The program measures. */
  measured?: boolean;
}

/** The beginning of each script. */
export const SCRIPT = `"""Predicts y."""
from __future__ import annotations


# %% Setup
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

# %% Submission
print("Final Validation Performance: 0.9")
`;

/** A script of thirty lines more, which name a column of the data; `changed` of them are other than in the first. */
const scriptOf = (at: string, text: string, changed: number | null = null) =>
  `# ${at}\n${SCRIPT}${Array.from({ length: 30 }, (_, line) => {
    const code =
      line === 1 ? `named = frame["${text}"]` : `column_${line} = frame["c${line}"] * ${line}`;
    return changed !== null && line % 10 === changed % 10 ? `${code} + 1  # ${text}` : code;
  }).join("\n")}\n`;

/** What scripts print. */
const stdoutOf = (at: string, text: string) =>
  [
    text,
    `Validation: 3 folds of ${text}`,
    "Fold scores: 6, 7, 8",
    ...(at.startsWith("ensemble") ? [`Ensemble weights: 0.75, 0.25 of ${text}`] : []),
    "Final Validation Performance: 0.9",
    "",
  ].join("\n");

/**
 * The events of a whole run, in order: two tracks, with one attempt that fails, one that is mended and one that is
 * withdrawn; an ablation, refinements of which one was known, and an ensemble.
 */
export function eventsOfRun(
  runId: string,
  { refinements = 4, text = "ratios", metric = "rmse", reworked = false }: RunPlan,
): RunEvent[] {
  const settings = Settings.parse({ tracks: 2, innerSteps: 2 });
  const packages = ["numpy", "pandas", "scikit-learn", "pyarrow", "torch"].map((name) => ({
    name,
    version: "1.0",
  }));
  const workbench = { pythonVersion: "3.11.7", packages, cpus: 1, memoryMb: 4000, gpu: null };
  const ran = (at: string, more: Parameters<typeof script>[1] = {}) =>
    script(at, {
      stdout: stdoutOf(at, text),
      stderr: more.ok === false ? `Traceback\nKeyError: '${text}'\n` : "",
      ...more,
    });
  const scored = (at: string, score: number, more: Parameters<typeof candidate>[1]) =>
    candidate(at, { title: at, script: scriptOf(at, text), score, ...more });
  const step = "track-1/refine-1";

  return [
    { type: "opened", key: "opened-1", at: "", version: "0.2.0", workbench, anew: false },
    { type: "run", key: "run", at: "", runId, task: text, model: "offline", settings },
    { type: "task", key: "task", at: "", metric, direction: "minimize", modality: "tabular" },
    models(text),
    agent("track-1/model-1", "initializer", 0.5),
    ran("track-1/model-1"),
    scored("track-1/model-1", 10, { title: `Ridge ${text}` }),
    ran("track-1/model-2", { ok: false }),
    agent("track-1/model-2", "debugger", 0.1),
    ran("track-1/model-2/debug-1"),
    scored("track-1/model-2", 9.5, { title: "Forest", runId: "track-1/model-2/debug-1" }),
    usageChecked("track-1/data-usage", text),
    ran("track-2/model-1", { ok: false }),
    leak("track-2/model-1", text, "x = 1"),
    candidate("track-2/model-1", { title: text, script: "", problem: `KeyError: '${text}'` }),
    agent("track-2/model-2", "initializer", 0.5),
    ran("track-2/model-2"),
    candidate("track-2/model-2", { title: text, script: "fit(everything)", score: 1 }),
    leak("track-2/model-2", text, "fit(everything)"),
    {
      type: "ablation",
      key: `${step}/ablation-summary`,
      at: step,
      summary: `${text} matters`,
      baseline: 10,
      effects: [
        { part: text, score: 12 },
        { part: "Model", score: 9 },
      ],
    },
    ran(`${step}/ablation`, { purpose: "ablation" }),
    ...Array.from({ length: refinements }, (_, index) => {
      const at = `track-1/refine-${1 + Math.floor(index / 100)}/attempt-${1 + (index % 100)}`;
      const plan = `Use ${text} number ${index}.`;
      return [
        agent(at, "coder", 0.01),
        ran(at, { origin: index === 1 ? "cache" : "ran" }),
        scored(at, index === 0 ? 8 : 9.5 + ((index * 7919) % 100) / 100, {
          ...{ title: titleOf(plan), plan, parent: "track-1/model-1" },
          script: scriptOf(at, text, index),
        }),
      ];
    }).flat(),
    {
      type: "decision",
      key: `${step}/decision`,
      at: step,
      subject: "refinement",
      chosen: [`${step}/attempt-1`],
      kept: true,
      reason: text,
    },
    ran("ensemble/round-1"),
    scored("ensemble/round-1", 7, { title: "ensemble: weigh", members: ["track-1/model-1"] }),
    agent("ensemble/round-2", "ensembler", 0.25),
    {
      type: "left-out",
      key: "ensemble/round-3/left out",
      at: "ensemble/round-3",
      step: "ensemble",
      reason: `Wall clock: ${text}`,
    },
    ...(reworked
      ? [
          submission("submission/finalist-1", false, `its predictions are not those of ${text}`),
          ran("submission/finalist-1/own", { purpose: "submission" }),
          submission("submission/finalist-1/own", true, text),
        ]
      : []),
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
      measured: null,
      tokens: null,
      costUsd: null,
      apart: null,
      cut: null,
      totals: { calls: NO_CALLS, agents: [], stages: [] },
    },
  ];
}

const NO_CALLS = {
  ...{ calls: 0, failedCalls: 0, seconds: 0, inputTokens: null, outputTokens: null },
  ...{ cachedTokens: null, reasoningTokens: null, costUsd: null, unpricedCalls: 0 },
};

const submission = (at: string, kept: boolean, reason: string): RunEvent => ({
  ...{ type: "submission", key: `${at}/submission`, at, candidate: "ensemble/round-1" },
  ...{
    title: "ensemble: weigh",
    script: SCRIPT,
    runId: at,
    score: null,
    blend: null,
    kept,
    reason,
  },
});

const leak = (at: string, text: string, block: string): RunEvent => ({
  ...{ type: "leakage", key: `${at}/leakage`, at, block, correction: "x = 2" },
  explanation: `the scaler sees ${text}`,
});

function usageChecked(at: string, text: string): RunEvent {
  const call = agent(at, "data-usage-checker", 0.1);
  const answer = { usesAll: false, explanation: `${text} was unused`, script: "" };
  return call.type === "call" ? { ...call, answer } : call;
}
