import { statfs } from "node:fs/promises";
import { z } from "zod";
import { dataHome, makeDataHome } from "../../tools/environments/data-home.ts";
import { ExtraName, extrasAmong } from "../../tools/environments/extras.ts";
import { pythonEnvironment } from "../../tools/environments/python-environment.ts";
import { selectSandbox } from "../../tools/run-python/sandbox/select-sandbox.ts";
import { isBuiltIn, type ModelChoice } from "../core/model-choice.ts";
import { command } from "../core/words/command.ts";
import { mailboxFolder } from "../models/language/mailbox.ts";
import { defaultModel } from "../models/language/providers.ts";
import { chooseModel } from "./choose-model.ts";

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
const patience = { tries: 2, idleSeconds: 60 };

/** Looks at everything a run stands on, one finding after another. */
export async function* examine(
  choice: ModelChoice,
  environment: NodeJS.ProcessEnv,
): AsyncGenerator<Finding> {
  yield { subject: "Node", state: "ok", detail: process.version };
  yield* examinePython(environment, isBuiltIn(choice));
  yield look("disk", async () => {
    const { bavail, bsize } = await statfs(process.cwd());
    const freeGb = (bavail * bsize) / 1e9;
    const free = `${freeGb.toFixed(1)} GB free here`;
    if (freeGb < LEAST_DISK_GB) throw new Error(`${free}; make room for ${LEAST_DISK_GB} GB`);
    return free;
  });
  yield* examineModel(choice, environment);
  const traced = environment["LANGSMITH_TRACING"] === "true";
  const detail = traced ? "on, to LangSmith" : "off (LANGSMITH_TRACING is not set to true)";
  yield { subject: "tracing", state: "ok", detail };
}

async function* examinePython(
  environment: NodeJS.ProcessEnv,
  isOffline: boolean,
): AsyncGenerator<Finding> {
  const found = pythonEnvironment({ environment });
  const seen = await look("Python", async () => {
    const { interpreter, workbench } = await found;
    return `${workbench.pythonVersion} with ${workbench.packages.length} packages: ${interpreter}`;
  });
  yield seen;
  if (seen.state === "bad") return;
  const python = await found;
  const { cpus, memoryMb, gpu, packages } = python.workbench;
  const extras = extrasAmong(packages);
  const others = ExtraName.options.filter((extra) => !extras.includes(extra)).join(",");
  const had = extras.join(", ") || "none";
  const hint = others === "" ? "" : `; ${command(`setup --with ${others}`)}`;
  yield { subject: "extras", state: "ok", detail: `${had}${hint}` };
  const detail = `${cpus} cores and ${Math.round(memoryMb / 1024)} GB for each script; ${gpu ?? "no GPU"}`;
  yield { subject: "machine", state: "ok", detail };
  const trial = async () => {
    const home = makeDataHome(dataHome(environment));
    const { name, means } = await selectSandbox("auto", { python, home });
    return `${name}; ${means}`;
  };
  // The built-in engineer's own scripts run without one.
  yield look("sandbox", trial, isOffline ? "note" : "bad");
}

/** Whether each chosen model answers a one-line question in text and in JSON, and the search a query. */
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
  for (const model of new Set([choice.model, ...Object.values(choice.modelFor)])) {
    const baseUrl = model === choice.model ? choice.baseUrl : null;
    yield look("model", () => readiness({ ...choice, model, modelFor: {}, baseUrl }, environment));
  }
  // A run would do without, but its user counts on it.
  yield look("search", () => trialQuery(choice, environment), "note");
}

async function readiness(choice: ModelChoice, environment: NodeJS.ProcessEnv): Promise<string> {
  const { model } = chooseModel(choice, environment, { patience });
  const folder = mailboxFolder(choice.model);
  if (folder !== null) return `questions will wait in ${folder} for whoever answers there`;
  const about = { agent: "planner", role: "planning" as const, at: "doctor", parts: [], input: {} };
  const said = await model.text({ ...about, prompt: "Answer with the word: ready" });
  const prompt = 'Answer with this JSON object: {"ready": true}';
  await model.data({ ...about, prompt, schema: z.object({ ready: z.boolean() }) });
  return `${choice.model} says "${said.trim().slice(0, 40)}", and gives data as asked`;
}

async function trialQuery(choice: ModelChoice, environment: NodeJS.ProcessEnv): Promise<string> {
  const onNotice = (problem: string) => {
    throw new Error(`${problem}; a run would do without`);
  };
  const { searchWeb } = chooseModel(choice, environment, { onNotice });
  if (searchWeb === null)
    throw new Error("none: models come from the model's own knowledge; choose one with --search");
  const pages = await searchWeb("gradient boosting for tabular data", { at: "doctor" });
  return `${pages.length} pages for a trial query`;
}

/** What is seen there; when it throws, why it is not well. */
async function look(
  subject: string,
  see: () => Promise<string>,
  otherwise: "note" | "bad" = "bad",
): Promise<Finding> {
  try {
    return { subject, state: "ok", detail: await see() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { subject, state: otherwise, detail };
  }
}
