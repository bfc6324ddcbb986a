import { z } from "zod";
import { ModelDescription } from "../../core/model-description.ts";
import { Place } from "../../core/place.ts";
import type { Answer } from "../../core/review.ts";
import { type EventOf, ofType, type RecordedEvent } from "../../record/event.ts";

/** The decision in words. */
export const DECISIONS: Record<Answer["type"], string> = {
  accept: "accepted",
  edit: "edited",
  response: "answered in own words",
  ignore: "left out",
};

/** Every word of a person, in the order they were given. */
export function reviewFacts(events: readonly RecordedEvent[]) {
  const listed = new Map(ofType(events, "models").map(({ at, models }) => [at, models]));
  return ofType(events, "review").map((review) => ({
    ...review,
    decision: DECISIONS[review.answer.type],
    /** What became of the proposal, in short; null when it was taken as it was. */
    change:
      review.subject === "models"
        ? changedModels(review, listed.get(Place.parse(review.at).parent?.text ?? "") ?? null)
        : newText(review),
  }));
}

/** By name: what a list of models gained and lost. */
function changedModels(
  { proposed }: EventOf<"review">,
  after: readonly ModelDescription[] | null,
): string | null {
  if (after === null) return null;
  const before = z.array(ModelDescription).parse(proposed["models"]);
  const old = new Map(before.map((model) => [model.name, JSON.stringify(model)]));
  const left = new Set(after.map(({ name }) => name));
  const kept = after.filter(({ name }) => old.has(name));
  const told = [
    ["added", after.filter(({ name }) => !old.has(name))] as const,
    ["changed", kept.filter((model) => old.get(model.name) !== JSON.stringify(model))] as const,
    ["removed", before.filter(({ name }) => !left.has(name))] as const,
  ].filter(([, models]) => models.length > 0);
  const words = told.map(
    ([verb, models]) => `${verb} ${models.map(({ name }) => name).join(", ")}`,
  );
  return words.join("; ") || null;
}

function newText({ subject, answer }: EventOf<"review">): string | null {
  if (answer.type === "accept" || answer.type === "ignore") return null;
  const { script, plan = "" } = answer.type === "edit" ? answer.args.args : { plan: answer.args };
  return subject === "submission" && script !== undefined
    ? `a script of ${String(script).trim().split("\n").length} lines`
    : String(plan).trim().replaceAll(/\s+/g, " ");
}
