import { Settings } from "../../../src/core/settings.ts";
import type { Body, RunEvent } from "../../../src/record/event.ts";
import { candidate, script } from "../../support/made-event.ts";

export const begun = (settings: Partial<Settings> = {}, task = "toy"): RunEvent[] => [
  {
    ...{ type: "run", key: "run", at: "", runId: "toy", task, model: "openai:m" },
    settings: Settings.parse({ tracks: 2, innerSteps: 2, ...settings }),
  },
  {
    ...{ type: "task", key: "task", at: "" },
    ...{ metric: "rmse", direction: "minimize", modality: "tabular" },
  },
];

export const running = (at: string): RunEvent => ({
  ...{ type: "script-started", key: `${at}/started`, at, purpose: "solution" },
});

export const waiting = (at: string): RunEvent => ({
  ...{ type: "script-waiting", key: `${at}/waiting`, at, purpose: "solution" },
});

/** A candidate with the run of its script. */
export const scored = (at: string, score: number | null, text = at): RunEvent[] => [
  script(at),
  candidate(at, {
    title: `Try ${text}`,
    script: text,
    score,
    problem: score === null ? "KeyError" : null,
  }),
];

export const decided = (
  at: string,
  kept: boolean,
  more: Partial<Body<"decision">> = {},
): RunEvent => ({
  ...{ type: "decision", key: `${at}/decision`, at, subject: "refinement", chosen: [], kept },
  ...{ reason: "no gain", ...more },
});

/** A script was found to leak by this text. */
export const leaked = (at: string, block: string): RunEvent => ({
  ...{ type: "leakage", key: `${at}/leakage`, at, explanation: "it saw the answer", block },
  correction: "mended",
});
