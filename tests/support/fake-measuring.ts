import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { gain } from "../../src/core/candidate.ts";
import type { Ground } from "../../src/core/ground.ts";
import type { Alarm, Measurement } from "../../src/core/measurement.ts";
import type { RunPython } from "../../src/core/ports.ts";
import type { Journal } from "../../src/record/journal.ts";
import { measuringOf } from "../../src/run/measuring.ts";
import type { LeakAlarms } from "../../tools/measure/leaks/leak-alarms.ts";
import type { Published } from "../../tools/measure/scorer/publish-members.ts";
import type { Scorer } from "../../tools/measure/scorer/scorer.ts";

/** Whether the run has a hold-out, and what attempts score on it; elsewhere as on validation. */
export interface FakeGround {
  mode?: "holdout" | "folds";
  heldOut?: Readonly<Record<string, number>>;
  /** An alarm about the gap of any attempt. */
  gap?: LeakAlarms["gap"];
}

export const groundOf = ({ mode = "holdout" }: FakeGround): Ground => ({
  ...{ mode, reason: "", noun: "row", folds: 5, predicts: "numbers", columns: ["y"], classes: [] },
  units: { train: 100, validation: 100, holdout: mode === "holdout" ? 10 : 0, test: 10 },
  split: { kind: "random", by: null, evidence: "" },
  ...{ positive: null, apart: null, leftOut: [], seen: null },
});

const ERROR = 0.1;
const measurementOf = (score: number): Measurement => ({
  ...{ score, error: ERROR, interval: [score - ERROR, score + ERROR], folds: [score] },
});

/**
 * The program's own measuring, over a scorer that finds the scores in the fake script's text: `measured 5`, `member NAME 6`;
 * without such a line what it claims. A blend is by 1 better than the mean of its members. `suspect WORDS` rings an alarm,
 * `certain WORDS` one that withdraws; `learned` stands in a script that learns what it is to predict.
 */
export function fakeMeasuring(
  journal: Journal,
  runPython: RunPython,
  { heldOut = {}, gap = () => null }: FakeGround,
) {
  const { ledger } = journal;
  const runFolder = mkdtempSync(join(tmpdir(), "mle-star-fake-"));
  const runIdOf = (final: string) => relative(join(runFolder, "attempts"), dirname(final));
  const linesOf = (runId: string) => ledger.runOf(runId)?.stdout.split("\n") ?? [];
  const scoreOf = (runId: string) => ledger.measured(runId)?.measurement?.score ?? null;
  const asked = {
    blends: [] as string[],
    shown: [] as (readonly Published[])[],
    combined: [] as Parameters<Scorer["combine"]>[0][],
  };

  const scorer: Scorer = {
    warm: () => {},
    explain: async () => null,
    check: async () => null,
    async measure({ final, parent }) {
      const lines = linesOf(runIdOf(final));
      const claim = lines
        .findLast((line) => line.startsWith("Final "))
        ?.split(" ")
        .at(-1);
      const own = lines.findLast((line) => line.startsWith("measured "))?.split(" ")[1];
      const said = own ?? claim;
      const score = Number(said);
      if (said === undefined || Number.isNaN(score))
        return {
          problem: "./final/validation.csv is not there",
          ...{ measurement: null, gain: null, members: [], notes: [] },
        };
      mkdirSync(final, { recursive: true });
      writeFileSync(join(final, "validation.csv"), "id,y\n");
      const before = parent === null ? null : scoreOf(runIdOf(parent));
      const gained = before === null ? null : gain(before, score, ledger.direction);
      const apart = lines.flatMap((line) => {
        const [, name, own] = /^member (\S+) (\S+)/.exec(line) ?? [];
        return name === undefined ? [] : [{ name, score: Number(own) }];
      });
      return {
        ...{ problem: null, measurement: measurementOf(score), notes: [] },
        gain: gained === null ? null : { gain: gained, error: ERROR },
        members: [{ name: "", score }, ...apart],
      };
    },
    async blend({ members, into }) {
      asked.blends.push(runIdOf(into));
      const scores = members.map(({ id, name }) => {
        const its = ledger.measured(id)?.members.find((one) => one.name === name);
        return its?.score ?? Number.NaN;
      });
      const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length;
      const better = ledger.direction === "minimize" ? -1 : 1;
      const score = mean + better;
      const best = scores.toSorted((a, b) => gain(a, b, ledger.direction))[0] ?? 0;
      const gained = gain(best, score, ledger.direction);
      if (members.length < 2 || gained <= 0) return null;
      const weight = 1 / members.length;
      return {
        members: members.map(({ id, name }) => ({ id, name, weight })),
        ...{ kind: "weights", measurement: measurementOf(score) },
        gain: { gain: gained, error: ERROR },
      };
    },
    insight: async ({ members }) => ({
      worst: "row 3: is 1, said 9",
      alike: members.slice(1).map(({ id: runId, name }) => ({
        members: [
          { runId: members[0]?.id ?? "", name: members[0]?.name ?? "" },
          { runId, name },
        ],
        correlation: 0.9,
      })),
    }),
    async combine(request) {
      asked.combined.push(request);
      return request.members.map(({ id, final }) => ({ id, name: "", final: final !== null }));
    },
    publish: async (members) => void asked.shown.push(members),
    async holdout({ submission }) {
      const runId = runIdOf(dirname(submission));
      const score = heldOut[runId] ?? scoreOf(runId);
      const found = score === null ? null : measurementOf(score);
      return { first: found, second: found };
    },
    close: async () => {},
  };

  const alarm = (kind: Alarm["kind"], withdraws: boolean, words: string): Alarm => ({
    ...{ kind, withdraws },
    sentence: words,
  });
  const leaks: LeakAlarms = {
    claim: () => null,
    look: async (script) =>
      script.split("\n").flatMap((line) => {
        const [, how, words] = /^(suspect|certain) (.*)/.exec(line) ?? [];
        return words === undefined ? [] : [alarm("look", how === "certain", words)];
      }),
    gap,
    permuted: async ({ runFolder, seed }) => ({
      ...{ view: "view", truth: "truth", fold: 0, seed },
      input: join(runFolder, "view-permuted"),
    }),
    judge: async ({ before }) =>
      linesOf(runIdOf(before)).includes("learned")
        ? alarm("permuted", true, "It learned the labels that it was to predict.")
        : null,
  };

  const measuring = measuringOf({
    ...{ journal, scorer, leaks, runPython, runFolder, seed: 0, clock: () => 0 },
    checkSubmission: async () => ({ valid: true, problem: null }),
  });
  return { measuring, runFolder, ...asked };
}
