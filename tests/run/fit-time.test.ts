import { expect, test } from "vitest";
import { NO_CAPS } from "../../src/core/caps.ts";
import { Settings } from "../../src/core/settings.ts";
import { dearness, fitTime } from "../../src/run/fit-time.ts";
import { task } from "../support/fake-ports.ts";

const column = {
  ...{ kind: "number" as const, integer: false, missing: 0, distinct: 100, examples: [] },
  ...{ min: 0, max: 1, meanLength: 0 },
};

/** A table of so many columns; each cell is a short one. */
const wide = (columns: number, rows: number) => ({
  ...task,
  train: {
    ...{ path: "train.csv", delimiter: ",", complete: true, rows },
    columns: Array.from({ length: columns }, (_, at) => ({
      ...column,
      name: `c${at}`,
    })),
  },
});
const OPEN = { open: ["maxTrainRows", "scriptSeconds"], slots: 1 };
const offline = { model: "offline", replay: null };
const fitted = (
  seconds: number | null,
  changes: Partial<Settings> = {},
  machine = OPEN,
  draft = wide(1000, 50_000),
) =>
  fitTime(
    draft,
    {
      settings: Settings.parse({ scriptSeconds: 600, ...changes }),
      caps: { ...NO_CAPS, seconds },
      choice: offline,
    },
    machine,
  );

test("a short time on wide data lowers rows and the limit of a script, so that six scripts fit, and says so", () => {
  const { settings, fits, gaveWay } = fitted(300);
  expect(settings).toMatchObject({ maxTrainRows: 5700, scriptSeconds: 40 });
  expect(fits).toBe(6);
  expect(gaveWay).toBe("training rows 5700 instead of 30000, seconds per script 40 instead of 600");
});

test("what a person asked for never gives way, nor does the paper's way; without a cap nothing does", () => {
  const closed = { ...OPEN, open: [] };
  for (const same of [fitted(300, {}, closed), fitted(300, { method: "paper" }), fitted(null)]) {
    expect(same.settings).toMatchObject({ maxTrainRows: 30_000, scriptSeconds: 600 });
    expect(same.gaveWay).toBeNull();
  }
  expect(fitted(300, {}, closed).fits).toBe(1);
  expect(fitted(null).fits).toBeNull();
});

test("small data keep their rows, and time enough everything", () => {
  expect(fitted(300, {}, OPEN, wide(10, 2000)).settings.maxTrainRows).toBe(30_000);
  expect(fitted(36_000).gaveWay).toBeNull();
});

test("in a hurry training counts as dearer, at most ten times", () => {
  const settings = Settings.parse({});
  const dear = (seconds: number | null) => dearness({ settings, caps: { ...NO_CAPS, seconds } });
  expect([null, 3600, 900, 10].map(dear)).toEqual([1, 1, 2, 10]);
  const paper = { settings: { ...settings, method: "paper" as const } };
  expect(dearness({ ...paper, caps: { ...NO_CAPS, seconds: 10 } })).toBe(1);
});
