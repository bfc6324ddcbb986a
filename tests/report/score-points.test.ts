import { expect, test } from "vitest";
import { drawScores } from "../../src/report/chart/draw-scores.ts";
import { scoreChart } from "../../src/report/chart/score-points.ts";
import { readFacts } from "../../src/report/facts/read-facts.ts";
import { makeRun } from "../support/make-run.ts";

const { attempts, ledger } = readFacts(makeRun("toy"), "toy");
const { direction } = ledger;
const withScores = (...scores: (number | null)[]) =>
  scores.map((score, index) => ({
    ...attempts[0],
    score,
    earned: score,
    lead: index === 0 ? { previous: null } : null,
  })) as typeof attempts;

test("the best score so far steps at every promotion and lasts to the end", () => {
  const { best } = scoreChart(attempts, direction);
  expect(best.map(({ score }) => score)).toEqual([10, 9.5, 8, 7, 7]);
});

test("a withdrawn score is drawn as such, at most as good as the best, and never leads", () => {
  const { points, best } = scoreChart(attempts, direction);
  expect(points.find(({ kind }) => kind === "withdrawn")).toMatchObject({
    score: 7,
    label: expect.stringMatching(/withdrawn.*it had 1/),
  });
  expect(best.map(({ score }) => score)).not.toContain(1);
});

test("a score far off the others is drawn at the edge, whichever direction is better", () => {
  const kinds = (direction: "minimize" | "maximize", scores: number[]) =>
    scoreChart(withScores(...scores), direction).points.map(({ kind, score }) => [kind, score]);
  expect(kinds("minimize", [10, 11, 12, 9, 1000]).at(-1)).toEqual(["off the scale", 12]);
  expect(kinds("maximize", [0.9, 0.91, 0.92, 0.93, -5]).at(-1)).toEqual(["off the scale", 0.9]);
});

test("equal scores, one score and failures alone can be drawn", () => {
  for (const scores of [[1, 1, 1], [5], [null, null], []]) {
    const { text: svg } = drawScores(scoreChart(withScores(...scores), "minimize"), {
      metric: "rmse",
      width: 400,
      height: 300,
    });
    expect(svg).toContain("<svg");
    expect(svg).not.toContain("NaN");
  }
});

test("a point says what it is when it is pointed at, without power over the page", () => {
  const [first] = attempts;
  if (first === undefined) throw new Error("the made run has attempts");
  const hostile = [{ ...first, title: `<img src=x onerror="alert(1)">` }];
  const { text: svg } = drawScores(scoreChart(hostile, direction), {
    metric: "<b>",
    width: 400,
    height: 300,
  });
  expect(svg).toContain("<title>track 1 › model 1");
  expect(svg).not.toMatch(/<img|<b>/);
});
