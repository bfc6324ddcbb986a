import { interrupt } from "@langchain/langgraph";
import { z } from "zod";
import { MleStarError } from "../src/core/errors.ts";
import { distinctModels, ModelDescription } from "../src/core/model-description.ts";
import { modelsFromMarkdown } from "../src/core/models-markdown.ts";
import type { Ports } from "../src/core/ports.ts";
import {
  type Answer,
  COMPLAINT,
  checkAnswer,
  type Question,
  type ReviewSubject,
} from "../src/core/review.ts";
import type { Settings } from "../src/core/settings.ts";

interface Reviewed {
  at: string;
  settings: Settings;
  ports: Pick<Ports, "recall" | "note">;
}

/** Offers the model descriptions for editing when reviewing is on: the run pauses until a person has answered. */
export function reviewModels(models: ModelDescription[], { at, settings, ports }: Reviewed) {
  if (!settings.review.includes("models")) return models;
  return ask(
    ports,
    "models",
    {
      at: `${at}/models`,
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
  { at, settings, ports, subject, title }: Reviewed & { subject: ReviewSubject; title: string },
): string | null {
  if (!settings.review.includes(subject) || text === "") return text;
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

const Text = z.string().trim().min(1);
const Models = z.array(ModelDescription).min(1);

/**
 * Asks until the answer will do, and notes it; each new question begins with what was wrong with the last answer. What was
 * answered before is not asked.
 */
function ask<Value>(
  { recall, note }: Reviewed["ports"],
  subject: ReviewSubject,
  question: Question,
  read: (answer: Answer) => Value,
): Value {
  const known = recall(question);
  if (known !== null) return read(known);
  const { at, action_request, description } = question;
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
      const proposed = action_request.args;
      note({
        type: "review",
        key: `${at}/review`,
        at,
        subject,
        proposed,
        answer,
        sharedFrom: null,
      });
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
