import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { blendSolution } from "../../../../tools/measure/scorer/blend-solution.ts";
import { startScorer } from "../../../../tools/measure/scorer/scorer.ts";
import { NO_SCIENCE_PYTHON } from "../../../support/science-python.ts";
import { EXECUTOR, SCIENCE } from "./science.ts";

const MAKE = new URL("make_run.py", import.meta.url).pathname;
const python = (script: string, ...parameters: string[]) =>
  execFileSync(SCIENCE?.interpreter ?? "", [script, ...parameters], { encoding: "utf8" });

/** A run of this kind on disk, with attempts that have run, and its scorer. */
function made(kind: string, metric: string | null = null) {
  const folder = mkdtempSync(join(tmpdir(), "blend-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  python(MAKE, folder, kind);
  if (EXECUTOR === undefined || SCIENCE === null) throw new Error("there is no way to run Python");
  const at = (name: string) => join(folder, name);
  if (metric !== null) {
    const truth: object = JSON.parse(text(at("truth/truth.json")));
    writeFileSync(at("truth/truth.json"), JSON.stringify({ ...truth, metric: "own.py" }));
    writeFileSync(at("own.py"), metric);
  }
  const scorer = startScorer({
    ...{ truth: at("truth"), view: at("view"), finalView: at("view-final"), sample: "sample.csv" },
    ...{ readable: [at("attempts")], writable: at("work") },
    metricFile: metric === null ? null : at("own.py"),
    ...{ python: SCIENCE, executor: EXECUTOR },
  });
  onTestFinished(() => scorer.close());
  const final = (id: string) => join(folder, "attempts", id, "final");
  const member = (id: string) => ({ id, name: "", final: final(id) });
  return { folder, scorer, final, member, at };
}

const text = (path: string) => readFileSync(path, "utf8");
const predictionsIn = (path: string) =>
  text(path)
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[1]);

const SLOW = 300_000;

test.skipIf(SCIENCE === null).each(["amounts", "rare"])(
  `a blend of %s is better, is measured as any attempt, and its solution.py makes the same from the raw task (${NO_SCIENCE_PYTHON})`,
  { timeout: SLOW },
  async (kind) => {
    const { scorer, folder, final, member, at } = made(kind);
    const ids = ["ab", "bc", "ac"];
    const alone = await Promise.all(
      ids.map((id) => scorer.measure({ final: final(id), parent: null })),
    );
    expect(alone.map(({ problem, notes }) => ({ problem, notes }))).toEqual(
      ids.map(() => ({ problem: null, notes: [] })),
    );

    // A later script stands on what is there.
    const published = ids.map((id, place) => ({
      ...{
        number: place + 1,
        runId: id,
        name: "",
        shortName: `m-${id}`,
        title: `uses ${id}`,
        final: final(id),
      },
      score: alone[place]?.measurement?.score ?? 0,
    }));
    await scorer.publish(published, "search");
    expect(JSON.parse(text(at("view/members/1/member.json")))).toMatchObject({ from: "ab" });
    python(MAKE, folder, kind, "d");
    const stacked = await scorer.measure({ final: final("d"), parent: final("ab") });
    expect(stacked.problem).toBeNull();

    const members = [...ids, "d"].map(member);
    const blend = await scorer.blend({ members, into: final("blend") });
    if (blend === null) throw new Error("no blend is better");
    expect(blend.gain.gain).toBeGreaterThan(2 * blend.gain.error);
    const again = await scorer.measure({ final: final("blend"), parent: null });
    expect(again.measurement?.score).toBeCloseTo(blend.measurement.score, 5);
    const held = await scorer.holdout({ submission: join(final("blend"), "submission.csv") });
    for (const half of [held.first, held.second])
      expect(Math.abs((half?.score ?? 9) - blend.measurement.score)).toBeLessThan(
        4 * Math.hypot(half?.error ?? 0, blend.measurement.error),
      );

    // From the raw task, by the scripts of its members alone.
    const best = at("best");
    mkdirSync(join(best, "members"), { recursive: true });
    cpSync(at("data"), join(best, "input"), { recursive: true });
    for (const name of ["folds.csv", "validation_sample.csv", "classes.csv"])
      if (existsSync(at(`view/${name}`))) copyFileSync(at(`view/${name}`), join(best, name));
    copyFileSync(join(final("blend"), "blend.json"), join(best, "blend.json"));
    writeFileSync(join(best, "solution.py"), blendSolution());
    const scripts = [...ids, "d"].map((id) => {
      copyFileSync(at(`attempts/${id}/solution.py`), join(best, "members", `${id}.py`));
      const sees =
        id === "d"
          ? published.map((one, place) => ({ ...one, id: one.runId, number: place + 1 }))
          : [];
      return { id, file: `members/${id}.py`, sees };
    });
    writeFileSync(join(best, "scripts.json"), JSON.stringify(scripts));
    const said = execFileSync(SCIENCE?.interpreter ?? "", ["solution.py"], {
      cwd: best,
      encoding: "utf8",
    });
    expect(said).toContain(`Final Validation Performance: ${blend.measurement.score}`);
    expect(text(join(best, "final", "submission.csv"))).toBe(
      text(join(final("blend"), "submission.csv")),
    );
  },
);

/** Missed ones count four times as much as false alarms. */
const RECALL = `def score(truth, prediction):
    hit = ((truth.y == 1) & (prediction.y == 1)).sum()
    return 5 * hit / (4 * (truth.y == 1).sum() + (prediction.y == 1).sum())
`;

test.skipIf(SCIENCE === null).each([
  { kind: "rare", metric: RECALL, sign: 1 },
  {
    kind: "amounts",
    metric: "def score(truth, prediction):\n    return (truth.y - prediction.y).abs().max()\n",
    sign: -1,
  },
])(
  "members of $kind are blended by a person's own metric",
  { timeout: SLOW },
  async ({ kind, metric, sign }) => {
    const { scorer, member, final } = made(kind, metric);
    const members = ["ab", "bc", "ac"].map(member);
    const alone = await Promise.all(
      members.map((one) => scorer.measure({ final: one.final, parent: null })),
    );
    const blend = await scorer.blend({ members, into: final("blend") });
    const best = Math.max(...alone.map((one) => sign * (one.measurement?.score ?? NaN)));
    expect(sign * (blend?.measurement.score ?? NaN)).toBeGreaterThan(best);
    const again = await scorer.measure({ final: final("blend"), parent: null });
    expect(again.measurement?.score).toBeCloseTo(blend?.measurement.score ?? NaN, 5);
    expect(
      (await scorer.holdout({ submission: join(final("blend"), "submission.csv") })).first,
    ).not.toBeNull();
  },
);

test.skipIf(SCIENCE === null)(
  "a blend of noise is no better than chance",
  { timeout: SLOW },
  async () => {
    const { scorer, member, final } = made("noise");
    const members = Array.from({ length: 30 }, (_, number) => member(`n${number}`));
    const first = await scorer.measure({ final: final("n0"), parent: null });
    expect(first.measurement?.interval[0]).toBeLessThan(0.5);
    // The best of thirty looks better than chance by luck. A blend may be no worse than one chosen without the lines it is scored on.
    const blend = await scorer.blend({ members, into: final("blend") });
    if (blend !== null) expect(blend.measurement.interval[0]).toBeLessThan(0.5);
  },
);

test.skipIf(SCIENCE === null)(
  "final runs of members take the place of the search's where they agree, in the lines of the original sample",
  { timeout: SLOW },
  async () => {
    const { scorer, member, final, at } = made("chances");
    const members = ["ab", "bc", "ac"].map(member);
    const blend = await scorer.blend({ members, into: final("blend") });
    expect(blend?.members.length).toBeGreaterThan(1);
    const both = (changed: string | null) =>
      scorer.combine({
        blend: final("blend"),
        members: members.map(({ id, final: search }) => ({
          id,
          search,
          final: changed === null ? null : final(`${id}${changed}`),
        })),
        into: final("handed"),
      });
    expect((await both(null)).map((one) => one.final)).toEqual(blend?.members.map(() => false));
    const originals = text(at("truth/lines.csv")).trim().split("\n").slice(1).map(Number);
    const searched = predictionsIn(join(final("blend"), "submission.csv"));
    const kept = predictionsIn(join(final("handed"), "submission.csv"));
    expect(kept).toHaveLength(100);
    originals.forEach((original, line) => {
      if (original >= 0) expect(Number(kept[original])).toBeCloseTo(Number(searched[line]), 10);
    });
    expect((await both("-final")).map((one) => one.final)).toEqual(blend?.members.map(() => true));
    expect(text(join(final("handed"), "submission.csv"))).toMatch(/^id,y\no0,0\.\d+\n/);
  },
);

test.skipIf(SCIENCE === null)(
  "a member lies under its number in ./input/members as long as it counts",
  { timeout: SLOW },
  async () => {
    const { scorer, at, final } = made("chances");
    const one = (runId: string, number: number) => ({
      ...{ number, runId, name: "", title: "t", score: 1, final: final(runId) },
      shortName: `${number}-t`,
    });
    await scorer.publish([one("ab", 1), one("bc", 2)], "search");
    await scorer.publish([one("ac", 3), one("bc", 2)], "search");
    expect(["1", "2", "3"].map((number) => existsSync(at(`view/members/${number}`)))).toEqual([
      false,
      true,
      true,
    ]);
    const told = JSON.parse(text(at("view/members/3/member.json")));
    expect(told).toEqual({ name: "3-t", title: "t", score: 1, from: "ac" });
  },
);
