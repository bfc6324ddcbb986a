import { expect, test } from "vitest";
import { PRESETS, PresetName } from "../../src/core/presets.ts";
import { Settings } from "../../src/core/settings.ts";

const numbers = ({ models, outerSteps, innerSteps, tracks, ensembleRounds }: Settings) => ({
  models,
  outerSteps,
  innerSteps,
  tracks,
  ensembleRounds,
});

test("the paper's preset has the paper's numbers", () => {
  expect(numbers(Settings.parse(PRESETS.paper))).toEqual({
    models: 4,
    outerSteps: 4,
    innerSteps: 4,
    tracks: 2,
    ensembleRounds: 5,
  });
});

test("each preset is smaller than the next", () => {
  const [quick, standard, paper] = PresetName.options.map((name) =>
    Object.values(numbers(Settings.parse(PRESETS[name]))).reduce((sum, value) => sum + value),
  );
  expect(quick).toBeLessThan(standard ?? 0);
  expect(standard).toBeLessThan(paper ?? 0);
});

test("every setting has a title and says what it means", () => {
  for (const setting of Object.values(Settings.shape)) {
    expect(setting.meta()?.title).toMatch(/^[A-Z]/);
    expect(setting.meta()?.description).toMatch(/^[a-z]/);
  }
});

test.each([{ models: 0 }, { innerSteps: 1.5 }, { tracks: -1 }, { maxTrainRows: 10 }, { seed: -1 }])(
  "%j is refused",
  (wrong) => {
    expect(Settings.safeParse(wrong).success).toBe(false);
  },
);
