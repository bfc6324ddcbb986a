import { expect, test } from "vitest";
import type { Answer, ReviewSubject } from "../../src/core/review.ts";
import type { RecordedEvent } from "../../src/record/event.ts";
import { readRun } from "../../src/record/run-record.ts";
import { reviewFacts } from "../../src/report/facts/reviews.ts";
import { runFacts } from "../../src/report/facts/run-facts.ts";
import { showRun } from "../../src/report/show-run.ts";
import { reportOf } from "../../src/report/written/write-report.ts";
import { recorded } from "../support/made-event.ts";
import { eventsOfRun } from "../support/made-events.ts";
import { makeRun } from "../support/make-run.ts";

const model = (name: string, exampleCode = "fit()") => ({
  name,
  description: "",
  exampleCode,
  sources: [],
});
const time = "2026-01-02T03:04:05.000Z";
type Event<Type> = Extract<RecordedEvent, { type: Type }>;

const review = (
  at: string,
  subject: ReviewSubject,
  proposed: Event<"review">["proposed"],
  answer: Answer,
): Event<"review"> => ({
  type: "review",
  key: `${at}/review`,
  at,
  ...{ time, elapsed: 0, sharedFrom: null },
  subject,
  proposed,
  answer,
});
const listed = (...models: ReturnType<typeof model>[]): Event<"models"> => ({
  type: "models",
  key: "track-1/models",
  at: "track-1",
  ...{ time, elapsed: 0, sharedFrom: null },
  models,
});
const edit = (args: Record<string, unknown>): Answer => ({ type: "edit", args: { args } });

test("a list of models is told by what was added, changed and removed", () => {
  const proposed = { models: [model("a"), model("b")] };
  const events = [
    review("track-1/models", "models", proposed, edit({})),
    listed(model("mine"), model("b", "other()")),
  ];
  expect(reviewFacts(events)).toMatchObject([
    { decision: "edited", change: "added mine; changed b; removed a" },
  ]);
});

test.each([
  { answer: { type: "accept" }, subject: "plans", decision: "accepted", change: null },
  { answer: { type: "ignore" }, subject: "submission", decision: "left out", change: null },
  {
    answer: { type: "response", args: "Stack\nthem." },
    subject: "ensembles",
    decision: "answered in own words",
    change: "Stack them.",
  },
  {
    answer: edit({ script: "a\nb\n" }),
    subject: "submission",
    decision: "edited",
    change: "a script of 2 lines",
  },
] as const)("$subject: $decision, $change", ({ answer, subject, ...told }) => {
  expect(reviewFacts([review("place", subject, {}, answer)])).toMatchObject([told]);
});

test("screen and reports tell what a person decided, and where a fork comes from", async () => {
  const runs = makeRun("toy");
  const fork = {
    runId: "first",
    from: "track-1/model-1",
    change: "another script",
    checkpoint: null,
  };
  const answer: Answer = { type: "response", args: "Average the ranks." };
  const events = recorded(eventsOfRun("toy", {})).map((event, index) =>
    index < 9 ? { ...event, sharedFrom: "first" } : event,
  );
  const facts = runFacts(
    { ...readRun(runs, "toy"), fork },
    [...events, review("ensemble/round-2", "ensembles", {}, answer)],
    `${runs}/toy`,
  );
  const { html, markdown } = reportOf(facts);
  for (const text of [
    showRun(facts, { columns: 200, rows: 24 }).join("\n"),
    markdown.replaceAll("**", ""),
    html.replaceAll(/<\/?b>/g, ""),
  ]) {
    expect(text).toMatch(/ensemble › round 2.*answered in own words.*Average the ranks/);
    expect(text).toMatch(/first, from track 1 › model 1 on: another script; it shares 2 scripts/);
    expect(text).toMatch(/shared with run first/);
  }
  expect(facts.totals.agents.map(({ name }) => name)).not.toContain("debugger");
});
