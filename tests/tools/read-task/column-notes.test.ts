import { expect, test } from "vitest";
import { readTask } from "../../../tools/read-task/read-task.ts";
import { makeFolder } from "./make-folder.ts";

const two = (value: number) => String(value).padStart(2, "0");

const COLUMNS: Record<string, (row: number) => string | number> = {
  id: (row) => row,
  x: (row) => (row * 7919) % 101,
  twin: (row) => `${(row * 7919) % 101}.0`,
  always: () => "a",
  never: () => "",
  number: (row) => 5000 + row,
  told: (row) => (row % 3 === 0 ? "high" : "low"),
  seen: (row) => `${two(1 + (row % 28))}/${two(1 + (row % 12))}/2021`,
  noticed: (row) => `${two(1 + (row % 12))}/${two(1 + (row % 9))}/2021`,
  later: (row) => row % 5,
  y: (row) => (row % 3 === 0 ? 1 : 0),
};
const table = (names: readonly string[], from: number, rows: number) =>
  [
    names,
    ...Array.from({ length: rows }, (_, row) => names.map((name) => COLUMNS[name]?.(from + row))),
  ]
    .map((cells) => cells.join(","))
    .join("\n");

test("tells columns that go unused, that repeat another or the target, and how dates are written", async () => {
  const all = Object.keys(COLUMNS);
  const seen = all.filter((name) => !["later", "y"].includes(name));
  const folder = makeFolder({
    "task.md": "Predict `y`. Metric: AUC.",
    "train.csv": table(all, 0, 200),
    "test.csv": table(seen, 200, 60),
    "sample_submission.csv": table(["id", "y"], 200, 60),
  });
  const { notes } = await readTask(folder, { corrections: { drop: ["told"] } });
  const said = (some: typeof notes.ignored) =>
    Object.fromEntries(some.map(({ column, note }) => [column, note]));
  expect(said(notes.ignored)).toEqual({
    told: "as you wish",
    id: "identifies the row",
    always: "one value throughout",
    never: "empty",
    later: "the test table lacks it",
  });
  expect(said(notes.noted)).toEqual({
    twin: "the same as x in every row",
    number: "another value in each row, like an id",
  });
  expect(notes.dates).toEqual([
    { column: "seen", note: expect.stringMatching(/^day first \(\d+ of 260 values have/) },
    { column: "noticed", note: expect.stringMatching(/no value tells; month first is taken/) },
  ]);
  const { notes: whole } = await readTask(folder);
  expect(said(whole.noted)).toMatchObject({ told: "tells y in every row" });
});
