import { expect, test } from "vitest";
import { type Caps, NO_CAPS } from "../../../src/core/caps.ts";
import { remainingInWords } from "../../../src/core/words/remaining.ts";

const spent = { seconds: 4800, scriptRuns: 18, scriptSeconds: 3000, tokens: 120_400, usd: 3.8 };

test.each([
  { caps: {}, says: null },
  {
    caps: { seconds: 7200 },
    says: "About 40 minutes of 120 minutes. Room for about 8 more script runs like those so far, the program's own checks among them. One script may now take 10 minutes at most. The submission keeps 80 seconds of the time.",
  },
  {
    caps: { scriptRuns: 30 },
    says: "About 12 of 30 script runs. Room for about 12 more script runs like those so far, the program's own checks among them.",
  },
  {
    caps: { tokens: 1_000_000, usd: 5 },
    says: "About 879,600 of 1,000,000 tokens, $1.20 of $5.00. Room for about 5 more script runs like those so far, the program's own checks among them.",
  },
  {
    caps: { usd: 3 },
    says: "About $0.00 of $3.00. There is hardly room for another script like those so far.",
  },
] satisfies { caps: Partial<Caps>; says: string | null }[])("of $caps: $says", ({ caps, says }) => {
  const sentence = remainingInWords({
    caps: { ...NO_CAPS, ...caps },
    spent,
    scriptSeconds: 600,
    keptSeconds: 80,
  });
  expect(sentence).toBe(says);
});

test("before there is a solution nothing is kept for its submission", () => {
  const caps = { ...NO_CAPS, seconds: 36_000, scriptSeconds: 3120 };
  expect(remainingInWords({ caps, spent, scriptSeconds: 120, keptSeconds: 0 })).toBe(
    "About 8.6 hours of 10 hours, 120 seconds of 52 minutes of script time. There is hardly room for another script like those so far. One script may now take 120 seconds at most.",
  );
});

test("how many scripts are to come is not guessed from a single one", () => {
  const caps = { ...NO_CAPS, scriptRuns: 5 };
  const one = { ...spent, scriptRuns: 1 };
  expect(remainingInWords({ caps, spent: one, scriptSeconds: 120, keptSeconds: 0 })).toBe(
    "About 4 of 5 script runs.",
  );
});
