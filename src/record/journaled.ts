import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AgentOutputError, InterruptedError, OverBudgetError } from "../core/errors.ts";
import type { Ask, Clock, Model, RunPython } from "../core/ports.ts";
import type { Usage } from "../core/usage.ts";
import type { Redact } from "../core/words/redact.ts";
import { type Journal, keyOf } from "./journal.ts";

interface ModelOptions {
  journal: Journal;
  /** Where people can read what was asked and answered. */
  folder: string;
  clock: Clock;
  usageOf: (ask: Ask) => Usage | null;
  /** What people can read has gone through it. */
  redact?: Redact;
}

/**
 * A model that is never asked twice for what it has answered, whether the answer could be used or not. Every call is
 * recorded with its time and usage; one that failed for another reason too, and is made again when it comes up again.
 */
export function journaledModel(model: Model, options: ModelOptions): Model {
  const { journal, folder, clock, usageOf, redact = (value) => value } = options;

  async function answered(ask: Ask, live: () => Promise<unknown>): Promise<unknown> {
    const { agent, at, parts, prompt } = ask;
    const effect = { at, name: agent, parts };
    const call = await journal.once("call", effect, async () => {
      const started = clock();
      const told = (given: unknown, problem: string | null) => ({
        ...{ agent, problem, promptCharacters: prompt.length },
        answer: z.json().parse(given),
        seconds: (clock() - started) / 1000,
        usage: usageOf(ask),
      });
      try {
        const answer = await live();
        keepForPeople(join(folder, `${keyOf(effect)}.md`), redact(prompt), redact(answer));
        return told(answer, null);
      } catch (error) {
        // It may have been asked, in vain, before the run's time was over.
        if (error instanceof OverBudgetError && usageOf(ask) === null) throw error;
        const problem = error instanceof Error ? error.message : String(error);
        if (error instanceof AgentOutputError) return told(null, problem);
        const key = `${keyOf(effect)}/failed ${journal.ledger.count}`;
        journal.note({ type: "call", key, at, ...told(null, problem) });
        throw error;
      }
    });
    if (call.problem !== null)
      throw new AgentOutputError(agent, call.problem.replace(`${agent}: `, ""));
    return call.answer;
  }

  return {
    text: async (ask) => z.string().parse(await answered(ask, () => model.text(ask))),
    data: async (ask) => ask.schema.parse(await answered(ask, () => model.data(ask))),
  };
}

function keepForPeople(path: string, prompt: string, answer: unknown): void {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer, null, 2);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${prompt.trimEnd()}\n\n---\n\n${text.trimEnd()}\n`);
}

/** A runner that runs no script a second time at its place; an interrupted one is no result, and runs again. */
export const journaledScripts =
  (runPython: RunPython, journal: Journal): RunPython =>
  async (request) => {
    const { id: at, script, purpose } = request;
    const effect = { at, name: "script", parts: { script, purpose } };
    const { run } = await journal.once("script", effect, async () => {
      const run = await runPython(request);
      if (run.outcome === "aborted")
        throw new InterruptedError(`${run.id}: the run was interrupted`);
      return { purpose, run };
    });
    return run;
  };
