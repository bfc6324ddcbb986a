import { expect, test } from "vitest";
import { evaluationOf } from "../../graphs/evaluation.ts";
import { Place } from "../../src/core/place.ts";
import type { Ask } from "../../src/core/ports.ts";
import type { FakeGround } from "../support/fake-measuring.ts";
import { fakePorts, settings } from "../support/fake-ports.ts";
import { always, fenced, once, scriptedModel } from "../support/scripted-model.ts";

const FINE = { leaks: false, explanation: "", block: "", correction: "" };
const [ONE, TWO, THREE] = ["track-1/model-1", "track-1/model-2", "track-2/model-1"] as const;

/** Evaluates the scripts one after another, in a run whose scores are measured. */
async function evaluateAll(
  scripts: Readonly<Record<string, string>>,
  answers: Parameters<typeof scriptedModel>[0] = {},
  { changes = {} as Partial<typeof settings>, measures = {} as FakeGround } = {},
) {
  const checked: string[] = [];
  const check = ({ at }: Ask) => {
    checked.push(`${at} after ${fake.runs.length}`);
    return FINE;
  };
  const scripted = scriptedModel({ "leakage-checker": always(check), ...answers });
  const fake: ReturnType<typeof fakePorts> = fakePorts(scripted.model, {
    settings: { ...settings, leakageCheck: true, ...changes },
    measures,
  });
  const { evaluate } = evaluationOf(fake.ports);
  for (const [id, script] of Object.entries(scripts)) {
    const at = Place.parse(id);
    await evaluate({ at, purpose: "solution", title: id, script }, {});
  }
  const standing = () => fake.ledger.standing().map(({ id, score }) => `${id} ${score}`);
  const runsFor = (purpose: string) =>
    fake.runs.filter((one) => one.purpose === purpose).map(({ id }) => id);
  return { standing, runsFor, checked, ...scripted, ...fake };
}

test("what is measured counts, whatever the script claims, and before every claim", async () => {
  const { standing, ledger } = await evaluateAll(
    { [ONE]: "score 1\nmeasured 5", [TWO]: "score 2\nmeasured nothing" },
    { debugger: always(fenced("score 2\nmeasured nothing")) },
  );
  expect(standing()).toEqual([`${ONE} 5`, `${TWO} 2`]);
  expect(ledger.candidate(ONE)).toMatchObject({ claim: 1, measurement: { score: 5 } });
  expect(ledger.candidate(TWO)).toMatchObject({ measurement: null });
});

test("a measured script need not print its score; one that left no predictions goes to the debugger", async () => {
  const { asks, standing } = await evaluateAll(
    { [ONE]: "score 1\nmeasured nothing" },
    { debugger: once(fenced("measured 4")) },
  );
  expect(asks[0]?.input).toMatchObject({ problem: expect.stringContaining("validation.csv") });
  expect(standing()).toEqual([`${ONE} 4`]);
});

test("the leakage checker is asked after the score: of what is clearly ahead, and where an alarm rings", async () => {
  const { checked, runsFor } = await evaluateAll({
    [ONE]: "measured 5",
    [TWO]: "measured 6",
    [THREE]: "measured 6\nsuspect it reads the target",
    "track-2/model-2": "measured 3",
  });
  // An alarm's after its proof.
  expect(checked).toEqual([`${THREE} after 4`, "track-2/model-2 after 5"]);
  // Beside a hold-out an alarm calls for a proof; a lead only where it costs little.
  expect(runsFor("proof")).toEqual([`${THREE}/proof`]);
});

test("without a hold-out every would-be best is proved; what learned its labels counts no more, nor what it blends into", async () => {
  const { standing, runsFor, ledger } = await evaluateAll(
    { [ONE]: "measured 5", [TWO]: "measured 4.5", [THREE]: "learned\nmeasured 1" },
    {},
    { measures: { mode: "folds" } },
  );
  expect(runsFor("proof")).toEqual([ONE, TWO, THREE].map((id) => `${id}/proof`));
  expect(ledger.candidate(THREE).withdrawn).toMatch(/learned the labels/);
  expect(standing()[0]).toMatch(/blend 3.75$/);
  expect(ledger.best?.members).toEqual([ONE, TWO]);
});

test("an alarm that is proof withdraws by itself, and nothing is run for it", async () => {
  const { standing, runsFor } = await evaluateAll({
    [ONE]: "measured 5",
    [TWO]: "measured 1\ncertain it fits on the target",
  });
  expect(standing()).toEqual([`${ONE} 5`]);
  expect(runsFor("proof")).toEqual([]);
});

test("a gap that was a sign is proof once more attempts show what is usual", async () => {
  const gap = (own: { score: number }, siblings: readonly unknown[]) =>
    own.score === 1
      ? { kind: "gap" as const, sentence: "It flatters.", withdraws: siblings.length > 1 }
      : null;
  const { standing, ledger } = await evaluateAll(
    { [ONE]: "measured 1", [TWO]: "measured 5", [THREE]: "measured 6" },
    {},
    { measures: { gap } },
  );
  expect(ledger.alarms.map(({ withdraws }) => withdraws)).toEqual([false, true]);
  expect(ledger.candidate(ONE).withdrawn).toBe("It flatters.");
  expect(standing()).not.toContain(`${ONE} 1`);
});

test("a leak that is mended leaves the score of the mended script alone", async () => {
  const leak = { leaks: true, explanation: "x", block: "measured 1", correction: "measured 6" };
  const { ledger, standing } = await evaluateAll(
    { [ONE]: "measured 1" },
    { "leakage-checker": once(leak, FINE) },
    { measures: { mode: "folds" } },
  );
  expect(standing()).toEqual([`${ONE} 6`]);
  expect(ledger.candidate(ONE).run?.id).toBe(`${ONE}~2`);
});

test.each([0, 1])(
  "a leak that cannot be mended voids the measured score, with %i debug rounds",
  async (debugRounds) => {
    const leak = { leaks: true, explanation: "it sees y", block: "absent", correction: "" };
    const { ledger, standing } = await evaluateAll(
      { [ONE]: "measured 1", [TWO]: "measured 5" },
      { "leakage-checker": once(leak, FINE), debugger: always(fenced("fail")) },
      { changes: { debugRounds }, measures: { mode: "folds" } },
    );
    expect(ledger.candidate(ONE)).toMatchObject({ score: null });
    expect(standing()).toEqual([`${TWO} 5`]);
  },
);

test("what is mended can leak still: its alarms count as well", async () => {
  const leak = { leaks: true, explanation: "x", block: "measured 1", correction: "learned" };
  const { ledger } = await evaluateAll(
    { [ONE]: "measured 1\nscore 1" },
    { "leakage-checker": once(leak) },
    { measures: { mode: "folds" } },
  );
  expect(ledger.candidate(ONE).withdrawn).toMatch(/learned the labels/);
});

test("the blend of all members takes the lead; withdrawing a member takes its blends, and the next leads", async () => {
  const { standing, journal, ports, scorer, ledger } = await evaluateAll({
    [ONE]: "measured 5",
    [TWO]: "leak()\nmeasured 4.5\nmember forest 5.5",
    [THREE]: "measured 6",
  });
  // The mean of 5, 4.5, 5.5 and 6, and better by one.
  expect(standing()[0]).toBe(`${THREE}/blend 4.25`);
  expect(standing()).not.toContain(`${TWO}/blend 4`);
  expect(ledger.best).toMatchObject({ stage: "ensemble", members: [ONE, TWO, THREE] });
  expect(ledger.handedOut).toMatchObject({ id: `${THREE}/blend`, candidate: `${THREE}/blend` });
  journal.note({
    ...{ type: "leakage", key: "leak", at: "track-2/model-2", explanation: "x" },
    ...{ block: "leak()", correction: "clean()" },
  });
  expect(standing()).toEqual([`${ONE} 5`, `${THREE} 6`]);
  const fresh = { at: Place.parse("track-2/model-2"), purpose: "solution", title: "" } as const;
  await evaluationOf(ports).evaluate({ ...fresh, script: "measured 5.5" }, {});
  expect(standing()[0]).toBe("track-2/model-2/blend 4.5");
  expect(ledger.best?.members).toEqual([ONE, THREE, "track-2/model-2"]);
  expect(scorer?.shown.at(-1)?.map(({ runId }) => runId)).toEqual(ledger.best?.members);
});

test("a script that stands on members is no member itself", async () => {
  const { ledger, standing } = await evaluateAll({
    [ONE]: "measured 5",
    [TWO]: "measured 5.5",
    "ensemble/round-1": "measured 3\nread('./input/members/1')",
    [THREE]: "measured 5.7",
  });
  expect(standing()[0]).toBe("ensemble/round-1 3");
  const blends = ledger.attempts.filter(({ blend }) => blend !== null);
  expect(blends.at(-1)?.members).toEqual([ONE, TWO, THREE]);
  expect(blends.flatMap(({ members }) => members)).not.toContain("ensemble/round-1");
});

test("as in the paper the leakage checker comes before each run, and nothing is blended", async () => {
  const { checked, scorer, standing } = await evaluateAll(
    { [ONE]: "measured 5", [TWO]: "measured 6" },
    {},
    { changes: { method: "paper" } },
  );
  expect(checked).toEqual([`${ONE} after 0`, `${TWO} after 1`]);
  expect(standing()).toEqual([`${ONE} 5`, `${TWO} 6`]);
  expect(scorer?.blends).toEqual([]);
});
