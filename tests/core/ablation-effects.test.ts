import { expect, test } from "vitest";
import { ablationEffects } from "../../src/core/score.ts";

test("baseline and effects are read from their lines, wherever they stand", () => {
  const stdout = "epoch 1\nAblation[baseline]: 0.9\nwarning\nAblation[date features]: 8.5e-1\n";
  expect(ablationEffects(stdout)).toEqual({
    baseline: 0.9,
    effects: [{ part: "date features", score: 0.85 }],
  });
});

test.each(["", "Ablation[x]: nan", "Ablation[]: 0.5", "Ablation[x] 0.5", "see Ablation[x]: 0.5"])(
  "%j shows no effect",
  (stdout) => {
    expect(ablationEffects(stdout)).toEqual({ baseline: null, effects: [] });
  },
);
