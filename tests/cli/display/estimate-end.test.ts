import { expect, test } from "vitest";
import { estimateEnd } from "../../../src/cli/display/estimate-end.ts";
import { Settings } from "../../../src/core/settings.ts";
import type { RunEvent } from "../../../src/record/event.ts";
import { Ledger } from "../../../src/record/ledger.ts";
import { agent, recorded, script } from "../../support/made-event.ts";

// Each track asks for 2 models, 1 merge, and 1 ablation with 2 attempts; then 2 ensembles.
const settings = Settings.parse({
  ...{ models: 2, outerSteps: 1, innerSteps: 2 },
  ...{ tracks: 2, ensembleRounds: 2 },
});
const ledgerOf = (...events: RunEvent[]) => Ledger.of(recorded(events));
const WHOLE = { graph: "mle-star" as const, scripts: [] };
const left = (events: RunEvent[], plan: Parameters<typeof estimateEnd>[2] = WHOLE) =>
  estimateEnd(ledgerOf(...events), settings, plan).left;

test("before the first script nothing is promised", () => {
  expect(estimateEnd(ledgerOf(), settings, WHOLE)).toEqual({
    done: 0,
    left: 14,
    secondsLeft: null,
  });
});

test("what is left is expected to go on as fast as what is done", () => {
  const ledger = ledgerOf(...["track-1/model-1", "track-1/model-2"].map((at) => script(at)));
  ledger.secondsWorked = 20;
  expect(estimateEnd(ledger, settings, WHOLE)).toEqual({ done: 2, left: 12, secondsLeft: 120 });
});

test("a merge that was given up, and corrections, are not waited for", () => {
  const refining = [
    agent("track-1/refine-1", "ablator", 0),
    agent("track-2/refine-1", "ablator", 0),
  ];
  const events = [script("track-1/model-1"), script("track-1/model-2/debug-1"), ...refining];
  expect(left(events)).toBe(6 + 2);
});

test("once ensembles begin, no track is waited for; once a submission does, nothing", () => {
  const events = [script("track-1/model-1"), script("ensemble/round-1")];
  expect(left(events)).toBe(1);
  expect(left([...events, script("submission/finalist-1")])).toBe(0);
});

test("one track alone has no ensembles", () => {
  expect(estimateEnd(ledgerOf(), { ...settings, tracks: 1 }, WHOLE).left).toBe(6);
});

test.each([
  { graph: "initial-solution" as const, scripts: [], foreseen: 3 },
  { graph: "refinement" as const, scripts: ["a"], foreseen: 1 + 3 },
  { graph: "ensemble" as const, scripts: ["a", "b", "c"], foreseen: 3 + 2 },
])("$graph on its own takes $foreseen scripts", ({ foreseen, ...plan }) => {
  expect(left([], plan)).toBe(foreseen);
  if (plan.scripts.length > 0) expect(left([script("given-1")], plan)).toBe(foreseen - 1);
});
