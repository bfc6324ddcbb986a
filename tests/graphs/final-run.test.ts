import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { submissionGraph } from "../../graphs/submission.ts";
import { Place } from "../../src/core/place.ts";
import type { RunPython } from "../../src/core/ports.ts";
import { Settings } from "../../src/core/settings.ts";
import { ofType } from "../../src/record/event.ts";
import { memoryLog } from "../../src/record/event-log.ts";
import { journalOf } from "../../src/record/journal.ts";
import { fakePorts, fakeRun, task } from "../support/fake-ports.ts";
import { scriptedModel } from "../support/scripted-model.ts";

const [ONE, TWO, THREE] = ["track-1/model-1", "track-1/model-2", "track-2/model-1"] as const;

/** Evaluates the scripts one after another, measured, and makes the submission of the best. */
async function submit(
  scripts: Readonly<Record<string, string>>,
  fakes: Parameters<typeof fakePorts>[1] = {},
  candidates: string[] = [],
) {
  const scripted = scriptedModel({});
  const fake = fakePorts(scripted.model, { measures: {}, ...fakes });
  const evaluation = evaluationOf(fake.ports);
  for (const [id, script] of Object.entries(scripts)) {
    const fresh = { at: Place.parse(id), purpose: "solution" as const, title: id, script };
    const members = fake.ledger.attempts.filter(({ blend }) => blend === null).map((one) => one.id);
    const isStack = script.includes("input/members");
    await evaluation.evaluate({ ...fresh, ...(isStack && { members }) }, {});
  }
  const graph = submissionGraph(fake.ports, evaluation);
  const { solution } = await graph.invoke({ at: "submission", candidates });
  const finals = fake.runs.filter(({ purpose }) => purpose === "submission");
  const { handedOut } = fake.ledger;
  return { solution, handedOut, finals, made: ofType(fake.events, "submission"), ...fake };
}

test("a blend is run anew, its members side by side and unchanged, and joined with the search's weights", async () => {
  let [running, most] = [0, 0];
  const runPython: RunPython = async (request) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(20);
    running -= 1;
    return fakeRun(request);
  };
  const { solution, handedOut, finals, scorer } = await submit(
    { [ONE]: "measured 5", [TWO]: "measured 4.5" },
    { runPython },
  );
  expect(solution).toBe(`${TWO}/blend`);
  expect(finals.map(({ id, script }) => `${id} ${script}`).toSorted()).toEqual([
    "submission/finalist-1/member-1 measured 5",
    "submission/finalist-1/member-2 measured 4.5",
  ]);
  expect(most).toBe(2);
  expect(scorer?.combined[0]?.members.map(({ final }) => final !== null)).toEqual([true, true]);
  expect(handedOut).toMatchObject({
    ...{ id: "submission/finalist-1", runId: "submission/finalist-1" },
    ...{ candidate: `${TWO}/blend`, score: 3.75 },
  });
});

test.each([
  {
    what: "fails",
    fakes: {
      runPython: (async (request) =>
        fakeRun(
          request.id.endsWith("member-2") ? { ...request, script: "fail" } : request,
        )) as RunPython,
    },
  },
  {
    what: "predicts something else",
    fakes: { agreement: async (_: string, id: string) => (id.endsWith("member-2") ? 0.1 : 1) },
  },
])(
  "a member that $what in its final run keeps the predictions of the search",
  async ({ fakes }) => {
    const { handedOut, scorer } = await submit(
      { [ONE]: "measured 5", [TWO]: "measured 4.5" },
      fakes,
    );
    const [request] = scorer?.combined ?? [];
    expect(request?.members.map(({ final }) => final !== null)).toEqual([true, false]);
    expect(handedOut?.candidate).toBe(`${TWO}/blend`);
  },
);

test("before a script that stands on members its members run anew, and it is shown what they predict now", async () => {
  const { finals, scorer, handedOut } = await submit({
    [ONE]: "measured 5",
    [TWO]: "measured 9",
    "ensemble/round-1": "measured 3\n./input/members",
  });
  expect(
    finals
      .slice(0, 2)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([1, 2].map((number) => `submission/finalist-1/member-${number}`));
  expect(finals.map(({ id }) => id).at(-1)).toBe("submission/finalist-1");
  expect(scorer?.shown.at(-1)?.map(({ runId }) => runId)).toEqual([ONE, TWO]);
  expect(scorer?.shown.at(-1)?.[0]?.final).toMatch(/submission\/finalist-1\/member-1\/final$/);
  expect(handedOut).toMatchObject({ candidate: "ensemble/round-1", score: 3 });
});

test("a final run that fails leaves the search's own files to stand, and says so", async () => {
  const { made, handedOut } = await submit(
    { [ONE]: "measured 5" },
    {
      runPython: async (request) =>
        fakeRun(request.purpose === "submission" ? { ...request, script: "fail" } : request),
    },
  );
  expect(made).toMatchObject([
    { kept: true, runId: ONE, reason: expect.stringMatching(/search stands/) },
  ]);
  expect(handedOut).toMatchObject({ candidate: ONE, runId: ONE, score: 5 });
});

test("what saw every row in the search is not run again", async () => {
  const train = { path: "train.csv", delimiter: ",", rows: 50, complete: true, columns: [] };
  const { finals, handedOut } = await submit(
    { [ONE]: "measured 5" },
    { draft: { ...task, train }, measures: { mode: "folds" } },
  );
  expect(finals).toEqual([]);
  expect(handedOut).toMatchObject({ candidate: ONE, runId: ONE });
});

test.each([
  { heldOut: { [ONE]: 5, [TWO]: 3, [THREE]: 1 }, picked: TWO },
  { heldOut: { [ONE]: 2, [TWO]: 3, [THREE]: 1 }, picked: ONE },
])(
  "of those that validation cannot tell apart the hold-out picks: $picked",
  async ({ heldOut, picked }) => {
    // A blend of them is no better: the mean of 5, 5.05 and 30 is far off.
    const { solution, events, handedOut } = await submit(
      { [THREE]: "measured 30", [ONE]: "measured 5", [TWO]: "measured 5.05" },
      { measures: { heldOut } },
    );
    expect(solution).toBe(picked);
    // No event tells what the hold-out said.
    expect(JSON.stringify(ofType(events, "decision"))).not.toContain("hold");
    expect(handedOut?.score).toBe(picked === ONE ? 5 : 5.05);
  },
);

test("a person who reviews submissions sees what is to be run: another script is run in its place, or it is left out", async () => {
  const review = (type: "accept" | "ignore" | "edit") => {
    const journal = journalOf(memoryLog());
    const proposed = { script: "measured 5" };
    const answer =
      type === "edit"
        ? { type, args: { action: "", args: { script: "score 1\n# mine" } } }
        : { type, args: null };
    journal.record(
      "review",
      { at: "submission/finalist-1", name: "review", parts: proposed },
      { subject: "submission", proposed, answer },
    );
    const settings = Settings.parse({ review: ["submission"], leakageCheck: false });
    return submit({ [ONE]: "measured 5" }, { journal, settings });
  };
  const accepted = await review("accept");
  expect(accepted.finals.map(({ script }) => script)).toEqual(["measured 5"]);
  const edited = await review("edit");
  expect(edited.finals.map(({ script }) => script)).toEqual(["score 1\n# mine"]);
  expect(edited.handedOut).toMatchObject({ script: "score 1\n# mine", candidate: ONE });
  const ignored = await review("ignore");
  expect(ignored.finals).toEqual([]);
  expect(ignored.made).toMatchObject([{ kept: false, reason: "a person left it out" }]);
});

test("what would be submitted is proved once, whatever it led by, and of a blend what weighs most", async () => {
  const { finals, runs, ledger, made } = await submit({
    [ONE]: "learned\nmeasured 4.99",
    [TWO]: "measured 5",
    [THREE]: "measured 5.01",
  });
  // The first took its blends with it.
  const proofs = runs.filter(({ purpose }) => purpose === "proof").map(({ id }) => id);
  expect(proofs).toEqual([ONE, TWO].map((id) => `${id}/proof`));
  expect(ledger.candidate(ONE).withdrawn).toMatch(/learned the labels/);
  expect(made[0]?.candidate).toBe("submission/finalist-1/blend");
  expect(ledger.handedOut?.blend?.map(({ runId }) => runId)).toEqual([TWO, THREE]);
  expect(finals.map(({ script }) => script).toSorted()).toEqual(["measured 5", "measured 5.01"]);
});
