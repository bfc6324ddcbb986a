import { interrupt } from "@langchain/langgraph";
import { z } from "zod";
import { MleStarError } from "../src/core/errors.ts";
import { distinctModels, ModelDescription } from "../src/core/model-description.ts";
import { Place } from "../src/core/place.ts";
import {
  type Answer,
  COMPLAINT,
  checkAnswer,
  type Question,
  type ReviewSubject,
} from "../src/core/review.ts";
import { Move } from "../src/core/step.ts";
import { modelsFromMarkdown } from "../src/core/words/models-markdown.ts";
import { MOVE_WORDS } from "../src/core/words/moves.ts";
import type { Ports } from "./ports.ts";

interface Reviewed {
  at: string;
  ports: Pick<Ports, "journal" | "settings">;
}

/** Offers the model descriptions for editing when reviewing is on: the run pauses until a person has answered. */
export function reviewModels(models: ModelDescription[], { at, ports }: Reviewed) {
  if (!ports.settings.review.includes("models")) return models;
  return ask(
    ports,
    "models",
    {
      at: Place.parse(at).models.text,
      action_request: { action: "models", args: { models } },
      config: { allow_accept: true, allow_edit: true, allow_respond: true, allow_ignore: false },
      description: `${at}: ${models.length === 0 ? "no model was found" : `models to try: ${models.map(({ name }) => name).join(", ")}`}.\n\nAccept them; edit the list (keep, change, remove, add); or respond with more models in Markdown: a heading with the name, a description, a fenced block of example code.`,
    },
    (answer) => {
      if (answer.type === "response") return distinctModels([...read(answer.args), ...models]);
      return answer.type === "edit" ? listed(answer.args.args["models"]) : models;
    },
  );
}

/** Offers a plan or a script for editing when reviewing is on; null when the person would rather leave it out. */
export function reviewText(
  text: string,
  { at, ports, subject, title }: Reviewed & { subject: ReviewSubject; title: string },
): string | null {
  if (!ports.settings.review.includes(subject) || text === "") return text;
  const field = subject === "submission" ? "script" : "plan";
  return ask(
    ports,
    subject,
    {
      at,
      action_request: { action: subject, args: { [field]: text } },
      config: {
        allow_accept: true,
        allow_edit: true,
        allow_respond: field === "plan",
        allow_ignore: field === "script",
      },
      description: `${title}\n\nAccept the ${field}, edit it${field === "plan" ? ", or respond with another plan" : ", or ignore it: the next best solution is then submitted"}.`,
    },
    (answer) => {
      if (answer.type === "ignore") return null;
      if (answer.type === "accept") return text;
      return answer.type === "response" ? answer.args : Text.parse(answer.args.args[field]);
    },
  );
}

/** Offers the move that a track is about to make when reviewing is on; null when a person would rather end the search of the track. */
export function reviewMove(move: Move, { at, ports }: Reviewed): Move | null {
  if (!ports.settings.review.includes("laps")) return move;
  const { reason = "" } = ports.journal.ledger.laps.find((lap) => lap.at === at) ?? {};
  return ask(
    ports,
    "laps",
    {
      at,
      action_request: { action: "laps", args: { move } },
      config: { allow_accept: true, allow_edit: true, allow_respond: false, allow_ignore: true },
      description: `${at}: ${MOVE_WORDS[move]} (${reason}).\n\nAccept the move, edit it (${Move.options.join(", ")}), or ignore it: the track then ends its search.`,
    },
    (answer) => {
      if (answer.type === "ignore") return null;
      return answer.type === "edit" ? Move.parse(answer.args.args["move"]) : move;
    },
  );
}

const Text = z.string().trim().min(1);
const Models = z.array(ModelDescription).min(1);

/**
 * Asks until the answer will do, and notes it; each new question begins with what was wrong with the last answer. What was
 * answered before is not asked.
 */
function ask<Value>(
  { journal }: Reviewed["ports"],
  subject: ReviewSubject,
  question: Question,
  read: (answer: Answer) => Value,
): Value {
  const { at, action_request, description } = question;
  const proposed = action_request.args;
  const effect = { at, name: "review", parts: proposed };
  const known = journal.recorded("review", effect);
  if (known !== null) return read(known.answer);
  let complaint: string | null = null;
  while (true) {
    const told: string = [complaint, description].filter(Boolean).join("\n\n");
    const checked = checkAnswer(question, interrupt([{ ...question, description: told }]));
    if ("complaint" in checked) {
      complaint = `${COMPLAINT} ${checked.complaint}.`;
      continue;
    }
    const { answer } = checked;
    const value = attempt(() => read(answer));
    if ("value" in value) {
      journal.record("review", effect, { subject, proposed, answer });
      return value.value;
    }
    complaint = `${COMPLAINT} ${value.problem}`;
  }
}

/** Reading an answer never asks, so that nothing caught here can be an interrupt. */
function attempt<Value>(work: () => Value): { value: Value } | { problem: string } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof z.ZodError) return { problem: z.prettifyError(error) };
    if (error instanceof MleStarError) return { problem: error.message };
    throw error;
  }
}

const read = (markdown: string) => Models.parse(modelsFromMarkdown(markdown));

/** A list of models as data, as the JSON text that the inbox's form makes of it, or as Markdown. */
function listed(models: unknown): ModelDescription[] {
  if (typeof models !== "string") return distinctModels(Models.parse(models));
  const text = models.trim();
  return text.startsWith("[")
    ? distinctModels(Models.parse(z.string().transform(parseJson).parse(text)))
    : distinctModels(read(text));
}

function parseJson(text: string, context: z.core.$RefinementCtx<string>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("this is no JSON");
    return z.NEVER;
  }
}
