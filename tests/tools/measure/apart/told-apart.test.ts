import { expect, test } from "vitest";
import { toldApart } from "../../../../tools/measure/apart/told-apart.ts";
import { noise } from "../ground/shapes.ts";

const COLUMNS = ["id", "size", "kind", "said", "when"];
const ASKED = {
  renamed: ["id"],
  columns: [{ name: "id", id: [{ column: "id" }] }],
  media: null,
};

/** Rows of one side; what differs is said by the test. */
const side = (from: number, count: number, differs: (row: number) => Record<string, unknown>) => ({
  columns: COLUMNS,
  rows: Array.from({ length: count }, (_, at) => {
    const row = from + at;
    const usual = {
      id: row,
      size: noise(row).toFixed(4),
      kind: noise(row, 1) < 0.3 ? "a" : "b",
      said: `word${Math.floor(noise(row, 2) * 5000)} and more`,
      when: `2024-01-${10 + Math.floor(noise(row, 3) * 18)}`,
    };
    return Object.values({ ...usual, ...differs(row) }).map(String);
  }),
});
const apart = (differs: (row: number) => Record<string, unknown>, columns: string[] = []) =>
  toldApart(ASKED, { columns }, { train: side(0, 900, () => ({})), test: side(900, 600, differs) });

test("rows that are drawn alike can hardly be told apart, although their ids can", () => {
  const alike = apart(() => ({}));
  expect(alike?.auc).toBeLessThan(0.55);
  expect(alike?.auc).toBeGreaterThan(0.45);
  expect(alike?.columns).toEqual([]);
});

test.each([
  { column: "size", differs: (row: number) => ({ size: (noise(row) * 0.6 + 0.5).toFixed(4) }) },
  { column: "kind", differs: (row: number) => ({ kind: noise(row, 1) < 0.9 ? "a" : "b" }) },
  { column: "said", differs: (row: number) => ({ said: `a longer sentence about ${row}` }) },
  { column: "when", differs: (row: number) => ({ when: `2024-02-${10 + (row % 18)}` }) },
  { column: "size", differs: (row: number) => (noise(row, 4) < 0.6 ? { size: "" } : {}) },
])("what differs in $column tells them apart, and is named", ({ column, differs }) => {
  const found = apart(differs);
  expect(found?.auc).toBeGreaterThan(0.7);
  expect(found?.columns.map(({ name }) => name)).toEqual([column]);
});

test("what the split goes by is no difference: validation is drawn apart by it too", () => {
  const later = (row: number) => ({ when: `2024-02-${10 + (row % 18)}` });
  expect(apart(later, ["when"])?.auc).toBeLessThan(0.55);
});

test("what two columns tell together is seen", () => {
  const together = (row: number) => ({
    size: (noise(row, 1) < 0.3 ? noise(row) / 2 : 0.5 + noise(row) / 2).toFixed(4),
  });
  expect(apart(together)?.auc).toBeGreaterThan(0.65);
});

test("without columns in common, or with few rows, nothing is said", () => {
  const [train, test] = [side(0, 900, () => ({})), side(900, 40, () => ({}))];
  expect(toldApart(ASKED, { columns: [] }, { train, test })).toBeNull();
  const none = { columns: ["id"], rows: side(0, 900, () => ({})).rows };
  expect(toldApart(ASKED, { columns: [] }, { train, test: none })).toBeNull();
});
