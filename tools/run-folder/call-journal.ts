import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { OverBudgetError } from "../../src/core/errors.ts";
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
  answer: z.json(),
});
export type Call = z.infer<typeof Call>;

/** A call's key: the same agent, asked the same at the same place of the run, is the same call. */
const keyOf = ({ at, agent, prompt }: Ask) =>
  `${at}/${agent}-${createHash("sha256").update(prompt).digest("hex").slice(0, 12)}`;

/**
 * A model whose answers are kept as files below `calls/`: a call that was finished before a crash is answered from there
 * and never paid twice. Every call is noted with its time, sizes and usage; a failed one too, with its sentence.
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
      problem: string | null,
    ) =>
      note({
        type: "agent",
        key: problem === null ? key : `${key}/failed at ${clock()}`,
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
      noteCall(call, null);
      return parse(call.answer);
    }
    const started = clock();
    const spent = () => ({ seconds: (clock() - started) / 1000, usage: usageOf(ask) });
    try {
      const answer = await live();
      const call = { agent, at, ...spent(), prompt, answer };
      mkdirSync(dirname(path), { recursive: true });
      writeAtomically(path, `${JSON.stringify(call, null, 2)}\n`);
      noteCall(call, null);
      return answer;
    } catch (error) {
      // Nothing was asked.
      if (error instanceof OverBudgetError) throw error;
      noteCall(spent(), error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

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
