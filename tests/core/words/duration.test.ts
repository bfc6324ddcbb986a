import { expect, test } from "vitest";
import { secondsIn } from "../../../src/core/words/duration.ts";

test.each([
  { text: "90", seconds: 90 },
  { text: "90s", seconds: 90 },
  { text: "30 min", seconds: 1800 },
  { text: "1.5 Hours", seconds: 5400 },
  { text: "1d", seconds: 86_400 },
  { text: "soon", seconds: Number.NaN },
  { text: "-5", seconds: Number.NaN },
  { text: "2 months", seconds: Number.NaN },
])("$text is $seconds seconds", ({ text, seconds }) => {
  expect(secondsIn(text)).toBe(seconds);
});
