import { expect, test } from "vitest";
import type { Answer, ReviewSubject } from "../../src/core/review.ts";
import type { RecordedEvent } from "../../src/core/run-event.ts";
import { reviewFacts } from "../../src/report/facts/reviews.ts";
import { runFacts } from "../../src/report/facts/run-facts.ts";
import { htmlReport } from "../../src/report/html-report.ts";
import { markdownReport } from "../../src/report/markdown/markdown-report.ts";
import { readEvidence } from "../../src/report/read-evidence.ts";
import { showRun } from "../../src/terminal/show-run.ts";
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
  time,
  subject,
  proposed,
  answer,
  sharedFrom: null,
});
const listed = (...models: ReturnType<typeof model>[]): Event<"models"> => ({
  type: "models",
  key: "track-1/models",
  at: "track-1",
  time,
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
  const evidence = readEvidence(makeRun("toy"), "toy");
  const fork = { runId: "first", from: "track-1/model-1", change: "another script" };
  const answer: Answer = { type: "response", args: "Average the ranks." };
  const events = [...evidence.events, review("ensemble/round-2", "ensembles", {}, answer)];
  const facts = runFacts({ ...evidence, events, record: { ...evidence.record, fork } });
  const size = { columns: 200, rows: 24, folder: "runs/toy" };
  for (const text of [
    showRun(facts, size).join("\n"),
    markdownReport(facts),
    await htmlReport(facts),
  ]) {
    expect(text).toMatch(/ensemble › round 2.*answered in own words.*Average the ranks/);
    expect(text).toMatch(/first, from track 1 › model 1 on: another script/);
  }
});
