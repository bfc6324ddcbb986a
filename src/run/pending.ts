import { join } from "node:path";
import { isInterrupted } from "@langchain/langgraph";
import { z } from "zod";
import { InterruptedError, SettingsError } from "../core/errors.ts";
import { COMPLAINT, Question } from "../core/review.ts";
import { command } from "../core/words/command.ts";
import { writeAtomically } from "../record/write-atomically.ts";

/** A question that a paused run waits for, with the id it is answered by. */
export const Pending = Question.extend({ id: z.string() });
export type Pending = z.infer<typeof Pending>;

/** Answers by the id or the place of their question. */
export type Answers = Record<string, unknown>;

/** Asks a person; a question left out stays pending, and null is that nobody is there to answer. */
export type AskPerson = (questions: Pending[], signal?: AbortSignal) => Promise<Answers | null>;

/** The questions in what a graph's invocation came to; none when it went to its end. */
export function pendingIn(end: unknown): Pending[] {
  if (!isInterrupted<unknown>(end)) return [];
  return end.__interrupt__.map(({ id, value }) => {
    const [question] = z.tuple([Question]).parse(value);
    return { ...question, id: z.string().parse(id) };
  });
}

/** The answers by id, as the graph takes them; an answer to nothing that was asked is refused. */
export function answersById(questions: readonly Pending[], answers: Answers): Answers {
  const places = questions.map(({ at }) => at).join(", ");
  const entries = Object.entries(answers).map(([key, answer]) => {
    const question = questions.find(({ id, at }) => id === key || at === key);
    if (question === undefined)
      throw new SettingsError(
        `answer "${key}": nothing of that name is asked; asked are ${places}`,
      );
    return [question.id, answer] as const;
  });
  if (entries.length === 0)
    throw new SettingsError(`there is no answer in it; asked are ${places}`);
  return Object.fromEntries(entries);
}

/** The run asks a person and there is none: it stops, and goes on once it is answered. */
export class UnansweredError extends InterruptedError {
  constructor(runId: string, questions: readonly Pending[], runsFolder?: string) {
    const places = questions.map(({ at }) => at).join(", ");
    const complaints = questions.flatMap(({ at, description }) => {
      const [first = ""] = description.split("\n\n");
      return first.startsWith(COMPLAINT) ? [`${at}: ${first}; `] : [];
    });
    super(
      `${complaints.join("")}run ${runId}: it waits for an answer about ${places}, see questions.json in its folder; go on with "${command(`resume ${runId} --answer FILE`, runsFolder)}"`,
    );
  }
}

/** Keeps what is asked in the run's folder, by place, for a person to answer in a file. */
export function writeQuestions(runFolder: string, questions: readonly Pending[]): void {
  const byPlace = Object.fromEntries(questions.map(({ at, ...question }) => [at, question]));
  writeAtomically(join(runFolder, "questions.json"), `${JSON.stringify(byPlace, null, 2)}\n`);
}
