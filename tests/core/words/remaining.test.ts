import { expect, test } from "vitest";
import { type Caps, NO_CAPS } from "../../../src/core/caps.ts";
import { remainingInWords } from "../../../src/core/words/remaining.ts";

const spent = { seconds: 4800, scriptRuns: 18, scriptSeconds: 3000, tokens: 120_400, usd: 3.8 };

test.each([
  { caps: {}, says: null },
  {
    caps: { seconds: 7200 },
    says: "About 40 minutes of 120 minutes. One script may now take 10 minutes at most. The submission keeps 80 seconds of the time.",
  },
  { caps: { scriptRuns: 30 }, says: "About 12 of 30 script runs." },
  {
    caps: { tokens: 1_000_000, usd: 5 },
    says: "About 879,600 of 1,000,000 tokens, $1.20 of $5.00.",
  },
  { caps: { usd: 3 }, says: "About $0.00 of $3.00." },
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
    "About 8.6 hours of 10 hours, 120 seconds of 52 minutes of script time. One script may now take 120 seconds at most.",
  );
});
