import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { explorer } from "../agents/explorer.ts";
import { problemOf } from "../src/core/outcome.ts";
import { place } from "../src/core/place.ts";
import type { ExplorerInput } from "../src/core/questions.ts";
import { begins, commonAt, orElse } from "./node.ts";
import type { Ports } from "./ports.ts";

/**
 * One look at the data before the first solution, while models are searched for: a script that prints what it finds, written once
 * more when it fails. What it printed joins everybody's briefing, by the ledger; a look that came to nothing is data.
 */
export function explorationOf(ports: Ports): Explore {
  const { settings, runPython, lookSeconds: seconds } = ports;

  /** Null when all is well; else what the script is to be written again for. */
  const look = async (
    at: string,
    failure: ExplorerInput["failure"],
    runtime: LangGraphRunnableConfig,
  ): Promise<ExplorerInput["failure"]> => {
    if (seconds === null || !begins(ports, { kind: "script", at })) return null;
    const about = { ...commonAt(ports, at), seconds, failure };
    const { draft: script } = await explorer(ports)(about, runtime);
    const { signal } = runtime;
    const run = await runPython({ id: at, script, purpose: "exploration", seconds, signal });
    const problem = problemOf(run, "exploration", null);
    return problem === null ? null : { script, problem, stdout: run.stdout };
  };

  const explore = async (_: object, runtime: LangGraphRunnableConfig) => {
    const { exploration } = place;
    const failure = await look(exploration.text, null, runtime);
    if (failure !== null && settings.debugRounds > 0)
      await look(exploration.debug(1).text, failure, runtime);
    return {};
  };

  const once = orElse(explore, () => ({}));
  let exploring: Promise<object> | null = null;
  return (runtime) => {
    // What was begun and failed may be tried by who comes next; what it came to is recorded.
    exploring ??= once({}, runtime).catch((error: unknown) => {
      exploring = null;
      throw error;
    });
    return exploring;
  };
}

/** Begins the look at the data, or waits for its end where it was begun. */
export type Explore = (runtime: LangGraphRunnableConfig) => Promise<object>;
