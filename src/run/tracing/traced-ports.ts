import { getCurrentRunTree, traceable } from "langsmith/traceable";
import type { Ports } from "../../../graphs/ports.ts";
import type { RunPurpose } from "../../core/candidate.ts";
import { Place } from "../../core/place.ts";
import type { Ask } from "../../core/ports.ts";
import { parseScore } from "../../core/score.ts";

/** The ports with a trace of every agent's call and every script's run, as children of the node they happen in. */
export function tracedPorts(ports: Ports, about: { runId: string; task: string }): Ports {
  const metadata = (at: string) => ({
    run_id: about.runId,
    task: about.task,
    at,
    ...Place.parse(at).numbers,
  });

  const agent = <Value>({ agent: name, at, prompt }: Ask, call: () => Promise<Value>) =>
    traceable(async (_: { prompt: string }) => call(), {
      name,
      run_type: "chain",
      tags: ["agent"],
      metadata: metadata(at),
    })({ prompt });

  return {
    ...ports,
    model: {
      text: (ask) => agent(ask, () => ports.model.text(ask)),
      data: (ask) => agent(ask, () => ports.model.data(ask)),
    },
    runPython: (request) =>
      traceable(
        async ({ script, purpose }: { script: string; purpose: RunPurpose }) => {
          const run = await ports.runPython({ ...request, script, purpose });
          const score = run.ok ? parseScore(run.stdout) : null;
          getCurrentRunTree().metadata = { score, outcome: run.outcome };
          return { ...run, score };
        },
        {
          name: "python",
          run_type: "tool",
          tags: [request.purpose],
          metadata: metadata(request.id),
        },
      )({ script: request.script, purpose: request.purpose }),
  };
}
