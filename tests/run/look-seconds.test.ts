import { expect, test } from "vitest";
import { NO_CAPS } from "../../src/core/caps.ts";
import { Settings } from "../../src/core/settings.ts";
import { lookSeconds } from "../../src/run/look-seconds.ts";

const language = { model: "openai:any", replay: null };
const seconds = (choice: typeof language, settings: Partial<Settings>, time: number | null) =>
  lookSeconds(choice, Settings.parse(settings), { ...NO_CAPS, seconds: time });

test.each([
  { title: "a third of a script's time", settings: {}, time: null, expected: 400 },
  { title: "at most a twentieth of the run", settings: {}, time: 1800, expected: 90 },
  { title: "enough to start, in the shortest run", settings: {}, time: 20, expected: 10 },
  { title: "none when it is switched off", settings: { explore: false }, time: 60, expected: null },
  {
    title: "none that nobody is told of",
    settings: { share: "samples" },
    time: 60,
    expected: null,
  },
  { title: "none in the paper's way", settings: { method: "paper" }, time: 60, expected: null },
] as const)("a look at the data takes $title", ({ settings, time, expected }) => {
  expect(seconds(language, settings, time)).toBe(expected);
});

test("the built-in engineer does not look", () => {
  expect(seconds({ ...language, model: "offline" }, {}, null)).toBeNull();
});
