import { z } from "zod";

/** Where a run can pause for a person's answer. */
export const ReviewSubject = z.enum(["models", "plans", "laps", "ensembles", "submission"]);
export type ReviewSubject = z.infer<typeof ReviewSubject>;

/** What a paused run asks, in the form that LangChain's Agent Inbox shows. */
export const Question = z.object({
  action_request: z.object({ action: z.string(), args: z.record(z.string(), z.json()) }),
  config: z.object({
    allow_accept: z.boolean(),
    allow_edit: z.boolean(),
    allow_respond: z.boolean(),
    allow_ignore: z.boolean(),
  }),
  /** Markdown for the person; begins with what was wrong with the last answer, if anything was. */
  description: z.string(),
  /** The place in the run: `track-1/models`. With parallel tracks it tells questions apart for people. */
  at: z.string(),
});
export type Question = z.infer<typeof Question>;

/** A person's answer, in the Agent Inbox's form. What an "accept" or "ignore" brings along is not looked at. */
export const Answer = z.discriminatedUnion("type", [
  z.object({ type: z.literal("accept") }),
  z.object({
    type: z.literal("edit"),
    args: z.object({ args: z.record(z.string(), z.unknown()) }),
  }),
  z.object({ type: z.literal("response"), args: z.string().trim().min(1) }),
  z.object({ type: z.literal("ignore") }),
]);
export type Answer = z.infer<typeof Answer>;

/** How a question begins that is asked again. */
export const COMPLAINT = "That answer cannot be used:";

const PERMISSION = {
  accept: "allow_accept",
  edit: "allow_edit",
  response: "allow_respond",
  ignore: "allow_ignore",
} as const;

/** The answer when it has the right form for this question, else a sentence that says what is wrong with it. */
export function checkAnswer(
  { config }: Pick<Question, "config">,
  given: unknown,
): { answer: Answer } | { complaint: string } {
  const allowed = Answer.options
    .map(({ shape }) => shape.type.value)
    .filter((type) => config[PERMISSION[type]]);
  const form = `answer with one of [${allowed.map((type) => `{"type": "${type}", "args": ...}`).join(", ")}]`;
  const answer = Answer.safeParse(Array.isArray(given) && given.length === 1 ? given[0] : given);
  if (!answer.success) {
    const [issue] = answer.error.issues;
    return { complaint: `${form}: ${[...(issue?.path ?? []), issue?.message].join(" ")}` };
  }
  return allowed.includes(answer.data.type) ? { answer: answer.data } : { complaint: form };
}
