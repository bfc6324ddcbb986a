import { expect, test } from "vitest";
import { type Caps, NO_CAPS } from "../../src/core/caps.ts";
import { OverBudgetError } from "../../src/core/errors.ts";
import type { Ask } from "../../src/core/ports.ts";
import { Settings } from "../../src/core/settings.ts";
import type { RunEvent } from "../../src/record/event.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { runBudget } from "../../src/run/run-budget.ts";
import { admitWithin, heldModel } from "../../src/run/within-budget.ts";
import { ask } from "../support/ask.ts";
import { fakeRun, workbench } from "../support/fake-ports.ts";
import * as made from "../support/made-event.ts";
import { always, scriptedModel } from "../support/scripted-model.ts";

const script = (at: string, seconds: number) => made.script(at, { seconds });
const call = (key: string, tokens: number): RunEvent => {
  const event = made.agent("track-1", "planner", 0);
  if (event.type !== "call" || event.usage === null) return event;
  return {
    ...event,
    key,
    seconds: 1,
    usage: { ...event.usage, inputTokens: tokens, outputTokens: 0 },
  };
};

/** The budget of a run that did the events, in as many seconds as given; its best is `track-1/model-1` where it has one. */
function budgetOf(
  caps: Partial<Caps>,
  events: readonly RunEvent[],
  { seconds = 0, best = true, trainRows = 60_000 } = {},
) {
  const opened: RunEvent = {
    ...{ type: "opened", key: "opened 0", at: "", version: "1", workbench, anew: false },
  };
  const scored = best ? [made.candidate("track-1/model-1", { score: 1 })] : [];
  const recorded = made.recorded([opened, ...events, ...scored]);
  return runBudget({
    caps: { ...NO_CAPS, ...caps },
    settings: Settings.parse({ maxTrainRows: 30_000, scriptSeconds: 600, tracks: 1 }),
    trainRows,
    rewritesSubmission: true,
    slots: 1,
    ledger: Ledger.of(recorded.map((event, index) => ({ ...event, elapsed: index && seconds }))),
  });
}

const solution = (id: string) => ({ id, script: "score 1", purpose: "solution" as const });
const submission = { ...solution("submission/a"), purpose: "submission" as const };
const run = (budget: ReturnType<typeof runBudget>, request: Parameters<typeof fakeRun>[0]) =>
  admitWithin(budget)(request, async () => fakeRun(request));
const merge = { kind: "merge", at: "track-1/merge-1" } as const;

test("the submission's reserve is the best script's own time, for all rows", () => {
  // Twice the rows and a margin of a quarter: 25 s for the submission, and 10 s for the merge.
  const at = (seconds: number) =>
    budgetOf({ seconds }, [script("track-1/model-1", 10)], { seconds: 100 }).allows(merge);
  expect(at(134)).toMatch(/^Time: 100 of 134/);
  expect(at(146)).toBeNull();
});

test("a search script is refused what is kept for the submission, which is not", async () => {
  const budget = budgetOf({ scriptRuns: 2 }, [script("track-1/model-1", 10)]);
  await expect(run(budget, solution("track-1/merge-1"))).rejects.toThrow(
    new OverBudgetError("track-1/merge-1 was not run: Script runs: 1 of 2 are spent"),
  );
  expect(await run(budget, submission)).toMatchObject({ ok: true });
});

test("a run with nothing to show may make a submission whatever is spent", async () => {
  const done = [script("track-1/model-1", 10), script("track-1/model-2", 10)];
  const budget = budgetOf({ scriptRuns: 2 }, done, { best: false });
  await expect(run(budget, solution("track-1/model-3"))).rejects.toThrow(OverBudgetError);
  expect(await run(budget, submission)).toMatchObject({ ok: true });
});

test("two scripts at once cannot share the last place", async () => {
  const budget = budgetOf({ scriptRuns: 1 }, [], { best: false });
  let end = () => {};
  const first = admitWithin(budget)(solution("a"), async () => {
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    return fakeRun(solution("a"));
  });
  await expect(run(budget, solution("b"))).rejects.toThrow(OverBudgetError);
  end();
  expect(await first).toMatchObject({ ok: true });
});

test("a step that may begin is counted until it has", () => {
  // One place is kept for the submission.
  const budget = budgetOf({ scriptRuns: 3 }, [script("track-1/model-1", 1)], { trainRows: 10 });
  const other = { kind: "merge", at: "track-2/merge-1" } as const;
  expect([budget.allows(merge), budget.allows(other)]).toEqual([
    null,
    expect.stringMatching(/^Script runs/),
  ]);
});

test("no model is asked once its tokens are spent, and what is kept for the submitter is its own", async () => {
  const { model, agents } = scriptedModel({ planner: always("a"), submitter: always("b") });
  const done = [script("track-1/model-1", 10), call("a", 100), call("b", 60)];
  const held = heldModel(model, budgetOf({ tokens: 250 }, done));
  const asked = ask({ at: "track-1" });
  expect(await held.text(asked)).toBe("a");
  const spent = heldModel(model, budgetOf({ tokens: 220 }, done));
  await expect(spent.text(asked)).rejects.toThrow(/^the planner was not asked: Tokens: 160 of 220/);
  expect(await spent.text({ ...asked, agent: "submitter" })).toBe("b");
  expect(agents()).toEqual(["planner", "submitter"]);
});

test("a script's time limit shrinks with the time that is left", () => {
  const done = [script("track-1/model-1", 10)];
  expect(budgetOf({}, done).scriptSeconds()).toBe(600);
  // 26 s are kept for the submission: 25 s for its script, and the call that writes it took no time yet.
  expect(budgetOf({ seconds: 300 }, done, { seconds: 100 }).scriptSeconds()).toBe(175);
  expect(budgetOf({ seconds: 300 }, done, { seconds: 299 }).scriptSeconds()).toBe(5);
});

test("under a cap on tokens the first call goes alone, and what it took decides about the next", async () => {
  const { model } = scriptedModel({ retriever: always("a") });
  const budget = budgetOf({ tokens: 50 }, [], { best: false });
  const order: string[] = [];
  const slow = {
    ...model,
    text: async (ask: Ask) => {
      order.push(`${ask.at} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${ask.at} ends`);
      return "a";
    },
  };
  const held = heldModel(slow, budget);
  await Promise.all([held.text(ask({ at: "track-1" })), held.text(ask({ at: "track-2" }))]);
  expect(order).toEqual(["track-1 begins", "track-1 ends", "track-2 begins", "track-2 ends"]);
});

test("what is left is told with the limit of the next script and what the submission keeps", () => {
  const events = [script("track-1/model-1", 40), call("c", 1000)];
  const caps = { seconds: 1000, scriptRuns: 5, tokens: 5000 };
  expect(budgetOf(caps, events, { seconds: 300 }).remaining()).toMatch(
    /^About 11 minutes of 16 minutes, 4 of 5 script runs, 4,000 of 5,000 tokens\. One script may now take \d+ (?:seconds|minutes) at most\. The submission keeps \d+ seconds of the time\.$/,
  );
  expect(budgetOf({}, events).remaining()).toBeNull();
});
