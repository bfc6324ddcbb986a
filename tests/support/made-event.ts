import type { Run, RunPurpose } from "../../src/core/candidate.ts";
import type { RecordedEvent, RunEvent } from "../../src/record/event.ts";

/** A model call that was paid. */
export const agent = (at: string, name: string, costUsd: number): RunEvent => ({
  type: "call",
  key: `${at}/${name}-1`,
  at,
  agent: name,
  seconds: 1.5,
  answer: "text",
  problem: null,
  promptCharacters: 100,
  usage: {
    model: "m",
    inputTokens: 1000,
    outputTokens: 50,
    cachedTokens: null,
    reasoningTokens: null,
    costUsd,
  },
});

/** The end of a script, which left a valid submission unless it failed or was an ablation. */
export function script(
  at: string,
  { purpose = "solution", ...run }: Partial<Run> & { purpose?: RunPurpose } = {},
): RunEvent {
  const ok = run.ok ?? true;
  const submission = ok && purpose !== "ablation" ? { valid: true, problem: null } : null;
  return {
    ...{ type: "script", key: `${at}/script`, at, purpose },
    run: {
      ...{ id: at, ok, outcome: ok ? "ok" : "error", exitCode: ok ? 0 : 1, origin: "ran" },
      ...{ stdout: "", stderr: "", seconds: 12.5, submission },
      ...run,
    },
  };
}

/** A candidate, failed unless told otherwise. */
export const candidate = (
  at: string,
  more: Partial<Extract<RunEvent, { type: "candidate" }>>,
): RunEvent => ({
  ...{ type: "candidate", key: `${at}/candidate`, at, title: at, script: `# ${at}\n` },
  ...{ parent: null, members: [], plan: null, runId: at, score: null, problem: null },
  ...more,
});

/** The models that were found for the first track. */
export const models = (text: string): RunEvent => ({
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

/** The events as a run recorded them, some seconds apart. */
export const recorded = (events: readonly RunEvent[]): RecordedEvent[] =>
  events.map((event, index) => ({
    time: new Date(Date.parse("2026-01-02T03:04:05Z") + index * 4000).toISOString(),
    elapsed: index * 4,
    sharedFrom: null,
    ...event,
  }));
