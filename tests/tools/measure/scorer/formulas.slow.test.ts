import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { METRICS } from "../../../../src/core/metric-table.ts";
import { SCIENCE } from "./science.ts";

const PROGRAMS = fileURLToPath(new URL("../../../../tools/measure/scorer", import.meta.url));
/** By metric: how many errors above chance a blend of noise is, and its luckiest member. */
const Errors = z.record(z.string(), z.array(z.number()));
const SLOW = { timeout: 300_000 };

/** What a checking script prints. */
function check(name: string, parameter: number): Record<string, unknown> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const said = execFileSync(SCIENCE?.interpreter ?? "", [script, PROGRAMS, String(parameter)]);
  return JSON.parse(said.toString());
}

describe.skipIf(SCIENCE === null)("formulas", () => {
  test.each([1, 2])(
    "agree with scikit-learn on all lines and on halves of them (seed %i)",
    SLOW,
    (seed) => {
      const { worst, missing, formulas } = check("check_formulas.py", seed);
      expect(missing).toEqual([]);
      for (const difference of Object.values(worst ?? {})) expect(difference).toBeLessThan(1e-9);
      const inTable = METRICS.filter(({ scale }) => scale !== null).map(({ name }) => name);
      expect(formulas).toEqual(inTable.toSorted());
    },
  );

  test("have intervals that hold what they should about as often as they say", SLOW, () => {
    const shares = Object.entries(check("check_intervals.py", 120)).map(([, share]) =>
      Number(share),
    );
    for (const share of shares) expect(share).toBeGreaterThan(0.84);
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.93);
  });

  test("and blends of noise are as good as chance, however lucky a member", SLOW, () => {
    const { rmse, ...ranked } = check("check_noise.py", 10);
    for (const [blend = 9, lucky = 0] of Object.values(Errors.parse(ranked))) {
      expect(Math.abs(blend)).toBeLessThan(1);
      expect(lucky).toBeGreaterThan(1.3);
    }
    expect(Math.abs(Errors.parse({ rmse })["rmse"]?.[0] ?? 9)).toBeLessThan(1);
  });
});
