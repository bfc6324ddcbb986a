import { expect, test } from "vitest";
import { type Caps, NO_CAPS } from "../../../src/core/caps.ts";
import { OverBudgetError } from "../../../src/core/errors.ts";
import type { Ask } from "../../../src/core/ports.ts";
import { Settings } from "../../../src/core/settings.ts";
import type { RunEvent } from "../../../src/record/event.ts";
import { Ledger } from "../../../src/record/ledger.ts";
import { runBudget } from "../../../src/run/budget/run-budget.ts";
import { admitWithin, heldModel } from "../../../src/run/budget/within-budget.ts";
import { ask } from "../../support/ask.ts";
import { groundOf } from "../../support/fake-measuring.ts";
import { fakeRun, workbench } from "../../support/fake-ports.ts";
import * as made from "../../support/made-event.ts";
import { always, scriptedModel } from "../../support/scripted-model.ts";

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
  { seconds = 0, since = 0, best = true, trainRows = 60_000, tracks = 1 } = {},
) {
  const opened: RunEvent = {
    ...{ type: "opened", key: "opened 0", at: "", version: "1", workbench, anew: false },
  };
  const scored = best ? [made.candidate("track-1/model-1", { score: 1 })] : [];
  const recorded = made.recorded([opened, ...events, ...scored]);
  return runBudget({
    caps: { ...NO_CAPS, ...caps },
    settings: Settings.parse({ maxTrainRows: 30_000, scriptSeconds: 600, tracks }),
    trainRows,
    rewritesSubmission: true,
    slots: 1,
    secondsSince: () => since,
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

test("time for ensembles is kept where they train what they combine, and not where predictions are blended", () => {
  const ground: RunEvent = { type: "ground", key: "ground", at: "", ground: groundOf({}) };
  const options = { seconds: 100, tracks: 2 };
  const at = (seconds: number, more: readonly RunEvent[]) =>
    budgetOf({ seconds }, [script("track-1/model-1", 10), ...more], options).allows(merge);
  expect(at(146, [])).toMatch(/^Time: 100 of 146/);
  expect(at(146, [ground])).toBeNull();
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

test("a script that joins others gets their time, and the final run all that is left", () => {
  const done = [script("track-1/model-1", 10)];
  const joining = { ...solution("ensemble/round-1"), joined: 900.4 };
  expect(budgetOf({}, done).timeLimit(joining)).toMatchObject({
    seconds: 901,
    leftSeconds: Number.POSITIVE_INFINITY,
  });
  expect(budgetOf({}, done).timeLimit({ ...joining, joined: 20 }).seconds).toBe(600);
  const left = budgetOf({ seconds: 3600 }, done, { seconds: 100 });
  expect(left.timeLimit(submission)).toMatchObject({ seconds: 3500, leftSeconds: 3500 });
  // Twice the rows and a margin of a quarter, where nothing limits the run.
  expect(budgetOf({}, done).timeLimit(submission).seconds).toBe(1500);
});

test("a script's time limit shrinks with the time that is left", () => {
  const done = [script("track-1/model-1", 10)];
  expect(budgetOf({}, done).timeLimit(solution("a"))).toMatchObject({
    seconds: 600,
    wallSeconds: 2400,
  });
  // 26 s are kept for the submission: 25 s for its script, and the call that writes it took no time yet.
  expect(budgetOf({ seconds: 300 }, done, { seconds: 100 }).timeLimit(solution("a"))).toMatchObject(
    {
      seconds: 175,
      leftSeconds: 175,
    },
  );
  expect(budgetOf({ seconds: 300 }, done, { seconds: 299 }).timeLimit(solution("a")).seconds).toBe(
    5,
  );
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

test("calls in a wave wait for what others leave, and are refused only for what was spent", async () => {
  const budget = budgetOf({ tokens: 3500 }, [call("a", 1000)], { best: false });
  let [underway, most] = [0, 0];
  const ends: (() => void)[] = [];
  const model = scriptedModel({ planner: always("a") }).model;
  const slow = {
    ...model,
    text: async () => {
      most = Math.max(most, ++underway);
      await new Promise<void>((resolve) => ends.push(resolve));
      underway -= 1;
      return "a";
    },
  };
  const held = heldModel(slow, budget);
  const wave = [1, 2, 3, 4].map((track) => held.text(ask({ at: `track-${track}` })));
  for (const _ of wave) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    ends.shift()?.();
  }
  expect(await Promise.all(wave)).toEqual(["a", "a", "a", "a"]);
  expect(most).toBe(3);
});

test("a call may take what is left of the time, waiting counted, less what is kept; the submitter's is more", () => {
  const done = [script("track-1/model-1", 10), call("a", 10)];
  const budget = budgetOf({ seconds: 300 }, done, { seconds: 100, since: 40 });
  // 25 s are kept for the submission's script and one for the submitter.
  expect(budget.callSeconds("planner")).toBe(134);
  expect(budget.callSeconds("submitter")).toBe(135);
  expect(budgetOf({}, done).callSeconds("planner")).toBe(Number.POSITIVE_INFINITY);
});

test("what is left is told with the limit of the next script and what the submission keeps", () => {
  const events = [script("track-1/model-1", 40), call("c", 1000)];
  const caps = { seconds: 1000, scriptRuns: 5, tokens: 5000 };
  expect(budgetOf(caps, events, { seconds: 300 }).remaining()).toMatch(
    /^About 11 minutes of 16 minutes, 4 of 5 script runs, 4,000 of 5,000 tokens\. One script may now take \d+ (?:seconds|minutes) at most\. The submission keeps \d+ seconds of the time\.$/,
  );
  expect(budgetOf({}, events).remaining()).toBeNull();
});
