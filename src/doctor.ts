import { statfs } from "node:fs/promises";
import { z } from "zod";
import { dataHome } from "../tools/python-environment/data-home.ts";
import { pythonEnvironment } from "../tools/python-environment/python-environment.ts";
import { selectSandbox } from "../tools/run-python/select-sandbox.ts";
import { chooseModel } from "./choose-model.ts";
import { isBuiltIn, type ModelChoice } from "./core/model-choice.ts";
import type { Ask } from "./core/ports.ts";
import { defaultModel } from "./models/language/providers.ts";

/** What the doctor saw of one thing a run needs. */
export interface Finding {
  subject: string;
  /** `note`: worth knowing, but a run would work. */
  state: "ok" | "note" | "bad";
  /** What there is, or what to do. */
  detail: string;
}

const LEAST_DISK_GB = 2;

/** Somebody sits and waits. */
const patience = { tries: 2, requestSeconds: 60 };

/** Looks at everything a run stands on, one finding after another. */
export async function* examine(
  choice: ModelChoice,
  environment: NodeJS.ProcessEnv,
): AsyncGenerator<Finding> {
  yield { subject: "Node", state: "ok", detail: process.version };
  yield* python(environment, isBuiltIn(choice));
  const disk = await statfs(process.cwd());
  const freeGb = (disk.bavail * disk.bsize) / 1e9;
  yield {
    subject: "disk",
    state: freeGb < LEAST_DISK_GB ? "bad" : "ok",
    detail: `${freeGb.toFixed(1)} GB free here${freeGb < LEAST_DISK_GB ? `; make room for ${LEAST_DISK_GB} GB` : ""}`,
  };
  yield* examineModel(choice, environment);
  const traced = environment["LANGSMITH_TRACING"] === "true";
  const detail = traced ? "on, to LangSmith" : "off (LANGSMITH_TRACING is not set to true)";
  yield { subject: "tracing", state: "ok", detail };
}

async function* python(
  environment: NodeJS.ProcessEnv,
  isOffline: boolean,
): AsyncGenerator<Finding> {
  try {
    const { interpreter, roots, lockFile, workbench } = await pythonEnvironment({ environment });
    const { pythonVersion, packages, cpus, memoryMb, gpu } = workbench;
    const detail = `${pythonVersion} with ${packages.length} packages: ${interpreter}`;
    yield { subject: "Python", state: "ok", detail };
    yield {
      subject: "machine",
      state: "ok",
      detail: `${cpus} cores and ${Math.round(memoryMb / 1024)} GB for each script; ${gpu ?? "no GPU"}`,
    };
    const sandbox = await tried("sandbox", async () => {
      const home = dataHome(environment);
      return (
        await selectSandbox("auto", {
          python: { interpreter, interpreterRoots: roots },
          home,
          lockFile,
        })
      ).name;
    });
    // The built-in engineer's own scripts run without one.
    yield sandbox.state === "bad" && isOffline ? { ...sandbox, state: "note" } : sandbox;
  } catch (error) {
    yield { subject: "Python", state: "bad", detail: sentenceOf(error) };
  }
}

/** Whether the chosen model answers a one-line question in text and in JSON, and the search a query. */
export async function* examineModel(
  choice: ModelChoice,
  environment: NodeJS.ProcessEnv,
): AsyncGenerator<Finding> {
  if (isBuiltIn(choice)) {
    const other = defaultModel(environment);
    const hint = other === null ? "" : `; a key is set: --model ${other} would use it`;
    yield { subject: "model", state: "ok", detail: `the built-in engineer${hint}` };
    return;
  }
  for (const spec of new Set([choice.model, ...Object.values(choice.modelFor)]))
    yield* examineOne(
      {
        ...choice,
        model: spec,
        modelFor: {},
        baseUrl: spec === choice.model ? choice.baseUrl : null,
      },
      environment,
    );
  yield await searchOf(choice, environment);
}

async function* examineOne(
  choice: ModelChoice,
  environment: NodeJS.ProcessEnv,
): AsyncGenerator<Finding> {
  try {
    const { model: asked } = chooseModel(choice, environment, { patience });
    const ask: Ask = { agent: "planner", at: "doctor", input: {}, prompt: "" };
    yield await tried("model, text", async () => {
      const answer = await asked.text({ ...ask, prompt: "Answer with the word: ready" });
      return `${choice.model} says "${answer.trim().slice(0, 40)}"`;
    });
    yield await tried("model, JSON", async () => {
      const prompt = 'Answer with this JSON object: {"ready": true}';
      const { ready } = await asked.data({
        ...ask,
        prompt,
        schema: z.object({ ready: z.boolean() }),
      });
      return `${choice.model} gives data as asked (${ready})`;
    });
  } catch (error) {
    yield { subject: "model", state: "bad", detail: sentenceOf(error) };
  }
}

/** A run would do without the search, but its user counts on it. */
async function searchOf(choice: ModelChoice, environment: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    const problems: string[] = [];
    const onNotice = (problem: string) => void problems.push(problem);
    const { searchWeb } = chooseModel(choice, environment, { onNotice });
    if (searchWeb === null) {
      const detail = "none: models come from the built-in catalogue; choose one with --search";
      return { subject: "search", state: "note", detail };
    }
    const pages = await searchWeb("gradient boosting for tabular data", {});
    const [problem] = problems;
    return problem === undefined
      ? { subject: "search", state: "ok", detail: `${pages.length} pages for a trial query` }
      : { subject: "search", state: "note", detail: `${problem}; a run would use the catalogue` };
  } catch (error) {
    return { subject: "search", state: "bad", detail: sentenceOf(error) };
  }
}

async function tried(subject: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { subject, state: "ok", detail: await look() };
  } catch (error) {
    return { subject, state: "bad", detail: sentenceOf(error) };
  }
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
