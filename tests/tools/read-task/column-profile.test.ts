import { expect, test } from "vitest";
import { understandColumn } from "../../../tools/read-task/cells/understand-column.ts";
import { ColumnProfile } from "../../../tools/read-task/column-profile.ts";

const profiled = (cells: string[], { cap = 1000, rows = cells.length } = {}) => {
  const profile = new ColumnProfile("x", cap);
  for (const cell of cells) profile.add(cell);
  const { texts } = profile;
  return profile.column(rows, understandColumn({ name: "x", texts, delimiter: "," }));
};

test.each([
  { kind: "number", cells: ["1", "2.5", "", "-3e2", "NaN"] },
  { kind: "number", cells: ["inf", "1"] },
  { kind: "boolean", cells: ["True", "False", ""] },
  { kind: "date", cells: ["2024-01-31", "2024-02-01 10:00:00", "2024-02-01T10:00:00.5Z"] },
  { kind: "date", cells: ["31/12/2024", "1.2.2024 08:30"] },
  { kind: "category", cells: ["red", "green", "red"] },
  { kind: "category", cells: ["1", "2", "three"] },
  { kind: "category", cells: ["train/one/long/path/image_0001.png", "train/one/long/path/b.png"] },
  { kind: "text", cells: ["A sentence of several words.", "Another one, and a longer one."] },
  { kind: "empty", cells: ["", "NA", "null"] },
])("$cells are of the kind $kind", ({ kind, cells }) => {
  expect(profiled(cells).kind).toBe(kind);
});

test("numbers have a range, and are whole when none has a fraction", () => {
  expect(profiled(["3", "1.0", "2", ""])).toMatchObject({
    integer: true,
    min: 1,
    max: 3,
    missing: 1,
  });
  expect(profiled(["3", "1.5"]).integer).toBe(false);
  expect(profiled(["inf", "1"])).toMatchObject({ min: 1, max: 1 });
  expect(profiled(["a", "1"])).toMatchObject({ integer: false, min: null, max: null });
});

test("distinct values are counted up to the cap", () => {
  expect(profiled(["a", "b", "a", "c", "d"], { cap: 3 }).distinct).toBe(3);
});

test("a column that repeats nothing in a part of the rows is distinct throughout", () => {
  expect(profiled(["1", "2", "3"], { cap: 2, rows: 1000 }).distinct).toBe(1000);
  expect(profiled(["1", "2", "2"], { rows: 1000 }).distinct).toBe(2);
});

test("long examples are shortened", () => {
  expect(profiled(["x".repeat(100)]).examples).toEqual([`${"x".repeat(60)}...`]);
});
