import { Command, isInterrupted, MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { mleStarGraph } from "../../graphs/mle-star.ts";
import { Question, type ReviewSubject } from "../../src/core/review.ts";
import { modelsToMarkdown } from "../../src/core/words/models-markdown.ts";
import { ofType } from "../../src/record/event.ts";
import { memoryLog } from "../../src/record/event-log.ts";
import { journalOf } from "../../src/record/journal.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, planned, scriptedModel } from "../support/scripted-model.ts";

const model = (name: string) => ({ name, description: "", exampleCode: `${name}()`, sources: [] });
const lean = { ...settings, models: 1, outerSteps: 0, tracks: 1, ensembleRounds: 1 };
const block = { block: "x = 1", firstLine: null, lastLine: null, plan: "first" };

/** A run that pauses for a person; `answer` takes the pending questions by their place and goes on. */
function reviewed(
  review: ReviewSubject[],
  changes: Partial<typeof settings> = {},
  journal = journalOf(memoryLog()),
) {
  let score = 9;
  const scripted = scriptedModel({
    retriever: always({ models: [model("a")] }),
    initializer: always(() => fenced(`score ${score--}\nx = 1`)),
    merger: always(fenced("score 99")),
    ablator: always(fenced("Ablation[baseline]: 1")),
    summarizer: always("all alike"),
    extractor: always(block),
    planner: once(planned("second")),
    coder: always(() => fenced(`x = ${score--}`)),
    "ensemble-planner": once("weights"),
    ensembler: always(() => fenced(`score ${score--}`)),
    submitter: always(fenced("score 1")),
  });
  const fake = fakePorts(scripted.model, {
    settings: { ...lean, ...changes, review },
    journal,
  });
  const graph = mleStarGraph(fake.ports);
  graph.checkpointer = new MemorySaver();
  const config = { configurable: { thread_id: "t" }, recursionLimit: 500 };
  const pendingIn = (state: unknown) =>
    isInterrupted<unknown[]>(state)
      ? state.__interrupt__.map(({ id, value }) => ({
          id: id ?? "",
          ...Question.parse(value?.[0]),
        }))
      : [];
  const go = async (input: Parameters<typeof graph.invoke>[0]) =>
    pendingIn(await graph.invoke(input, config));
  const answer = (answers: Record<string, unknown>) => go(new Command({ resume: answers }));
  return { ...scripted, ...fake, start: () => go({ folder: "toy" }), answer };
}
const respond = (args: string) => [{ type: "response", args }];
const edit = (args: Record<string, unknown>) => [{ type: "edit", args: { action: "", args } }];
const tried = (run: { asks: { agent: string; input: unknown }[] }) =>
  run.asks.flatMap(({ agent, input }) =>
    agent === "initializer" ? [(input as { description: { name: string } }).description.name] : [],
  );

test("after the retriever, a model written by hand becomes a candidate", async () => {
  const run = reviewed(["models"]);
  const [question] = await run.start();
  expect(question).toMatchObject({
    at: "track-1/models",
    action_request: { action: "models", args: { models: [{ name: "a" }] } },
  });
  const own = { ...model("RealMLP"), exampleCode: "# a comment\nfit()\n" };
  expect(await run.answer({ [question?.id ?? ""]: respond(modelsToMarkdown([own])) })).toEqual([]);
  expect(tried(run)).toEqual(["RealMLP", "a"]);
  expect(run.finished).toHaveLength(1);
});

test.each([
  { answer: edit({ models: [model("b")] }), tries: ["b"] },
  { answer: edit({ models: JSON.stringify([model("b"), model("a")]) }), tries: ["b", "a"] },
  { answer: [{ type: "accept", args: null }], tries: ["a"] },
  { answer: { type: "accept" }, tries: ["a"] },
])("the models are those of the answer: $tries", async ({ answer, tries }) => {
  const run = reviewed(["models"]);
  const [question] = await run.start();
  await run.answer({ [question?.id ?? ""]: answer });
  expect(tried(run)).toEqual(tries);
});

test.each([
  { answer: "yes", says: /"accept".*"edit"/ },
  { answer: [{ type: "ignore" }], says: /"accept".*"edit"/ },
  { answer: edit({ models: [] }), says: /models|>=1/ },
  { answer: edit({ models: "[{" }), says: /no JSON/ },
  { answer: respond("# Lonely\nwithout code"), says: /Lonely.*no example code/ },
])("a bad answer ($answer) explains itself and is asked again", async ({ answer, says }) => {
  const run = reviewed(["models"]);
  const [first] = await run.start();
  const [second] = await run.answer({ [first?.id ?? ""]: answer });
  expect(second?.description).toMatch(says);
  expect(tried(run)).toEqual([]);
  await run.answer({ [second?.id ?? ""]: [{ type: "accept" }] });
  expect(tried(run)).toEqual(["a"]);
});

test("two tracks wait at once and are answered by id in the other order", async () => {
  const run = reviewed(["models"], { tracks: 2 });
  const questions = await run.start();
  expect(questions.map(({ at }) => at).toSorted()).toEqual(["track-1/models", "track-2/models"]);
  const idOf = (at: string) => questions.find((question) => question.at === at)?.id ?? "";
  const left = await run.answer({
    [idOf("track-2/models")]: edit({ models: [model("second")] }),
  });
  expect(left.map(({ at }) => at)).toEqual(["track-1/models"]);
  expect(tried(run)).toEqual(["second"]);
  const none = await run.answer({ [idOf("track-1/models")]: edit({ models: [model("first")] }) });
  expect(none).toEqual([]);
  expect(tried(run)).toEqual(["second", "first"]);
  expect(run.finished).toHaveLength(1);
});

test("plans, ensembles and the submission are offered, and taken as answered", async () => {
  const run = reviewed(["plans", "ensembles", "submission"], {
    tracks: 2,
    outerSteps: 1,
    innerSteps: 1,
  });
  let pending = await run.start();
  const seen: string[] = [];
  while (pending.length > 0) {
    const [question] = pending;
    if (question === undefined) break;
    seen.push(`${question.action_request.action} ${question.at}`);
    const changed = question.action_request.action === "submission";
    pending = await run.answer({
      [question.id]: changed ? edit({ script: "score 0" }) : respond("a plan of mine"),
    });
  }
  expect(seen).toEqual([
    expect.stringMatching(/^plans track-.\/refine-1\/attempt-1$/),
    expect.stringMatching(/^plans track-.\/refine-1\/attempt-1$/),
    "ensembles ensemble/round-1",
    "submission submission/finalist-1",
  ]);
  const plans = run.asks.flatMap(({ agent, input }) =>
    agent === "coder" || agent === "ensembler" ? [(input as { plan: string }).plan] : [],
  );
  expect(plans).toEqual(["a plan of mine", "a plan of mine", "a plan of mine"]);
  expect(run.finished).toMatchObject([{ script: "score 0" }]);
});

test("a submission that is left out gives way to the next best", async () => {
  const run = reviewed(["submission"], { tracks: 2 });
  const [first] = await run.start();
  const [second] = await run.answer({ [first?.id ?? ""]: [{ type: "ignore", args: null }] });
  expect(second?.at).not.toBe(first?.at);
  await run.answer({ [second?.id ?? ""]: [{ type: "accept", args: null }] });
  expect(run.runs.filter(({ purpose }) => purpose === "submission")).toHaveLength(1);
});

test("a decision is noted once, when it will do, and holds for the same proposal in a run that knows it", async () => {
  const run = reviewed(["models", "submission"]);
  const [first] = await run.start();
  const [again] = await run.answer({ [first?.id ?? ""]: edit({ models: [] }) });
  const own = [model("mine")];
  const [submission] = await run.answer({ [again?.id ?? ""]: edit({ models: own }) });
  const reviews = () => ofType(run.events, "review");
  expect(reviews()).toMatchObject([
    {
      at: "track-1/models",
      subject: "models",
      proposed: { models: [model("a")] },
      answer: { type: "edit" },
    },
  ]);
  await run.answer({ [submission?.id ?? ""]: { type: "accept" } });
  expect(reviews()).toHaveLength(2);

  const knowing = (models: ReturnType<typeof model>[]) => {
    const journal = journalOf(memoryLog());
    const proposed = { models };
    const answer = { type: "edit" as const, args: { args: { models: own } } };
    const effect = { at: "track-1/models", name: "review", parts: proposed };
    journal.record("review", effect, { subject: "models", proposed, answer });
    return reviewed(["models"], {}, journal);
  };
  const same = knowing([model("a")]);
  expect(await same.start()).toEqual([]);
  expect(tried(same)).toEqual(["mine"]);
  expect(await knowing([model("b")]).start()).toHaveLength(1);
});
