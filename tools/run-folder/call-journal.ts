import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AgentOutputError, OverBudgetError } from "../../src/core/errors.ts";
import type { Ask, Clock, Model, Note } from "../../src/core/ports.ts";
import { Usage } from "../../src/core/run-event.ts";
import { writeAtomically } from "../write-atomically.ts";

/** One answered call, as its file holds it. */
export const Call = z.object({
  agent: z.string(),
  at: z.string(),
  seconds: z.number(),
  usage: Usage.nullable(),
  prompt: z.string(),
  /** Null when the agent gave none that could be used. */
  answer: z.json(),
  /** Why it could not be used. */
  problem: z.string().optional(),
});
export type Call = z.infer<typeof Call>;

/** A call's key: the same agent, asked the same at the same place of the run, is the same call. */
const keyOf = ({ at, agent, prompt }: Ask) =>
  `${at}/${agent}-${createHash("sha256").update(prompt).digest("hex").slice(0, 12)}`;

/**
 * A model whose answers are kept as files below `calls/`: a call that was finished before a crash is answered from there
 * and never paid twice, whether its answer could be used or not. Every call is noted with its time, sizes and usage; a failed one too, with its sentence.
 */
export function journaled(
  model: Model,
  options: { folder: string; note: Note; clock: Clock; usageOf: (ask: Ask) => Usage | null },
): Model {
  const { folder, note, clock, usageOf } = options;

  async function answered<T>(
    ask: Ask,
    parse: (answer: unknown) => T,
    live: () => Promise<T>,
  ): Promise<T> {
    const key = keyOf(ask);
    const path = join(folder, `${key}.json`);
    const { agent, at, prompt } = ask;
    const noteCall = (
      call: { seconds: number; usage: Usage | null; answer?: unknown },
      problem: string | null = null,
      key = keyOf(ask),
    ) =>
      note({
        type: "agent",
        key,
        at,
        agent,
        seconds: call.seconds,
        problem,
        promptCharacters: prompt.length,
        answerCharacters: JSON.stringify(call.answer ?? "").length,
        usage: call.usage,
      });

    if (existsSync(path)) {
      const call = Call.parse(JSON.parse(readFileSync(path, "utf8")));
      noteCall(call, call.problem);
      if (call.problem !== undefined) throw new AgentOutputError(agent, call.problem);
      return parse(call.answer);
    }
    const started = clock();
    const spent = () => ({ seconds: (clock() - started) / 1000, usage: usageOf(ask) });
    try {
      const answer = await live();
      const call = { agent, at, ...spent(), prompt, answer };
      keep(path, call);
      noteCall(call);
      return answer;
    } catch (error) {
      // Nothing was asked.
      if (error instanceof OverBudgetError) throw error;
      const problem = error instanceof Error ? error.message : String(error);
      if (error instanceof AgentOutputError) {
        const reason = problem.replace(`${agent}: `, "");
        keep(path, { agent, at, ...spent(), prompt, answer: null, problem: reason });
        noteCall(spent(), problem);
      } else noteCall(spent(), problem, `${key}/failed at ${clock()}`);
      throw error;
    }
  }

  const keep = (path: string, call: unknown) => {
    mkdirSync(dirname(path), { recursive: true });
    writeAtomically(path, `${JSON.stringify(call, null, 2)}\n`);
  };

  return {
    text: (ask) =>
      answered(
        ask,
        (answer) => z.string().parse(answer),
        () => model.text(ask),
      ),
    data: (ask) =>
      answered(
        ask,
        (answer) => ask.schema.parse(answer),
        () => model.data(ask),
      ),
  };
}
