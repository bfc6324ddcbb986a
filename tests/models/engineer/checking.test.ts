import { describe, expect, test } from "vitest";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { code, data, described, solution } from "./engineer.ts";
import { canRun, PATIENCE_MS, runScript } from "./run-script.ts";
import { noise, tinyView } from "./tiny-task.ts";

const { folder, ...common } = await tinyView({
  metric: "rmse",
  features: (row) => ({ size: noise(row), shop: `shop ${row % 6}` }),
  targets: (row) => ({ price: 5 + 3 * (row % 6) }),
  others: {
    "shops.csv": Array.from({ length: 18 }, (_, at) => ({
      shop: `shop ${at % 6}`,
      visitors: 10 * (at % 6) + at,
    })),
  },
});
const leakage = (script: string) => data.leakage(common, { candidate: solution(script) });

describe("the leakage checker", () => {
  test("finds nothing in scripts that fit inside their folds", async () => {
    const script = await code("initializer", common, { description: described("LightGBM") });
    expect(await leakage(script)).toMatchObject({ leaks: false, block: "" });
  });

  test("says of a script of another hand that it was not checked", async () => {
    const answer = await leakage("model.fit(X_valid, y_valid)");
    expect(answer).toMatchObject({
      leaks: false,
      explanation: expect.stringMatching(/^Not checked/),
    });
  });
});

describe("the data usage checker", () => {
  test.runIf(canRun)(
    `joins a table that shares a key with both tables [else: ${NO_SCIENCE_PYTHON}]`,
    { timeout: PATIENCE_MS },
    async () => {
      const script = await code("initializer", common, { description: described("LightGBM") });
      const before = await data.usage(common, { candidate: solution(script) });
      expect(before).toMatchObject({ usesAll: false });
      expect(before.explanation).toContain("shops.csv (joined by shop)");
      expect((await runScript(before.script, folder)).score).not.toBeNull();
      const after = await data.usage(common, { candidate: solution(before.script) });
      expect(after).toMatchObject({ usesAll: true, script: "" });
    },
  );
});

test("the submitter hands in the winning script itself", async () => {
  const candidate = solution("print(1)");
  expect(await code("submitter", common, { candidate })).toBe("print(1)");
});
