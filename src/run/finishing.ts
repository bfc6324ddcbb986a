import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ports } from "../../graphs/ports.ts";
import { OverBudgetError } from "../core/errors.ts";
import type { Ask, Model, RunPython } from "../core/ports.ts";

/** Its presence in a run's folder asks whoever has the run in hand to end the search. */
const FLAG = "finish";
const MILLISECONDS_BETWEEN_LOOKS = 500;
const REASON = "a person ended the search";

export const askToFinish = (runFolder: string): void => writeFileSync(join(runFolder, FLAG), "");

export const isToFinish = (runFolder: string): boolean => existsSync(join(runFolder, FLAG));

export const takeBackFinish = (runFolder: string): void =>
  rmSync(join(runFolder, FLAG), { force: true });

/** A run whose search can be ended: what it does for the submission goes on. */
export interface Finishing {
  allows: Ports["budget"];
  model(model: Model): Model;
  /** The question as the model behind was asked it. */
  asked(ask: Ask): Ask;
  scripts(runPython: RunPython): RunPython;
  close(): void;
}

/**
 * Watches whether the run is to finish. From then on no step begins, no model is asked and no script started but for the
 * submission, and what is under way is ended: to the graphs it is as if a cap were reached.
 */
export function finishing(runFolder: string, allows: Ports["budget"]): Finishing {
  const asked = new AbortController();
  const passedOn = new WeakMap<Ask, Ask>();
  const look = () => {
    if (!asked.signal.aborted && isToFinish(runFolder)) asked.abort();
    return asked.signal.aborted;
  };
  const timer = setInterval(look, MILLISECONDS_BETWEEN_LOOKS).unref();
  const refusal = (what: string) => new OverBudgetError(`${what}: ${REASON}`);
  const both = (signal: AbortSignal | undefined) =>
    AbortSignal.any([asked.signal, ...(signal === undefined ? [] : [signal])]);

  const held = async <Answer, Question extends Ask>(
    ask: Question,
    answer: (ask: Question) => Promise<Answer>,
  ): Promise<Answer> => {
    if (ask.agent === "submitter") return answer(ask);
    if (look()) throw refusal(`the ${ask.agent} was not asked`);
    try {
      const held = { ...ask, signal: both(ask.signal) };
      passedOn.set(ask, held);
      return await answer(held);
    } catch (error) {
      if (asked.signal.aborted && ask.signal?.aborted !== true)
        throw refusal(`the ${ask.agent} was not waited for`);
      throw error;
    }
  };

  return {
    allows: (step) => (look() ? REASON : allows(step)),
    model: (model) => ({
      text: (ask) => held(ask, model.text),
      data: (ask) => held(ask, model.data),
    }),
    scripts: (runPython) => async (request) => {
      if (request.purpose === "submission") return runPython(request);
      const { id, signal } = request;
      if (look()) throw refusal(`${id} was not run`);
      const run = await runPython({ ...request, signal: both(signal) });
      if (run.outcome === "aborted" && signal?.aborted !== true) throw refusal(`${id} was ended`);
      return run;
    },
    asked: (ask) => passedOn.get(ask) ?? ask,
    close: () => clearInterval(timer),
  };
}
