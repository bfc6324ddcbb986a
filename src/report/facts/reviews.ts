import { z } from "zod";
import { ModelDescription } from "../../core/model-description.ts";
import type { Answer, ReviewSubject } from "../../core/review.ts";
import type { RecordedEvent } from "../../core/run-event.ts";
import { ofType } from "./attempts.ts";

/** What a person decided at one place of the run. */
export interface ReviewFact {
  at: string;
  subject: ReviewSubject;
  time: string;
  decision: string;
  /** What became of the proposal, in short; null when it was taken as it was. */
  change: string | null;
  /** The run that a fork shares the decision with. */
  sharedFrom: string | null;
}

const DECISIONS: Record<Answer["type"], string> = {
  accept: "accepted",
  edit: "edited",
  response: "answered in own words",
  ignore: "left out",
};

/** The decision in words. */
export const decisionOf = ({ type }: Answer): string => DECISIONS[type];

/** Every word of a person, in the order they were given. */
export function reviewFacts(events: readonly RecordedEvent[]): ReviewFact[] {
  const listed = new Map(ofType(events, "models").map(({ key, models }) => [key, models]));
  return ofType(events, "review").map(({ at, subject, time, proposed, answer, sharedFrom }) => ({
    at,
    subject,
    time,
    decision: decisionOf(answer),
    change:
      subject === "models"
        ? changedModels(proposed["models"], listed.get(at) ?? null)
        : newText(subject, answer),
    sharedFrom,
  }));
}

/** By name: what a list of models gained and lost. */
function changedModels(before: unknown, after: readonly ModelDescription[] | null): string | null {
  const proposed = z.array(ModelDescription).parse(before);
  if (after === null) return null;
  const old = new Map(proposed.map((model) => [model.name, JSON.stringify(model)]));
  const left = new Set(after.map(({ name }) => name));
  const names = {
    added: after.filter(({ name }) => !old.has(name)),
    changed: after.filter(
      (model) => old.has(model.name) && old.get(model.name) !== JSON.stringify(model),
    ),
    removed: proposed.filter(({ name }) => !left.has(name)),
  };
  const told = Object.entries(names).flatMap(([verb, models]) =>
    models.length === 0 ? [] : [`${verb} ${models.map(({ name }) => name).join(", ")}`],
  );
  return told.length === 0 ? null : told.join("; ");
}

const MOST_CHARACTERS = 200;

function newText(subject: ReviewSubject, answer: Answer): string | null {
  if (answer.type === "accept" || answer.type === "ignore") return null;
  const given =
    answer.type === "response"
      ? answer.args
      : String(answer.args.args[subject === "submission" ? "script" : "plan"] ?? "");
  if (subject === "submission") return `a script of ${given.trim().split("\n").length} lines`;
  const line = given.trim().replaceAll(/\s+/g, " ");
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}
