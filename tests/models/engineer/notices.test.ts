import { expect, test } from "vitest";
import { noticesOf } from "../../../src/models/engineer/notices.ts";
import { tinyHouses } from "./tiny-task.ts";

const { task, settings } = await tinyHouses();

test("of a small table there is nothing to say", () => {
  expect(noticesOf(task, settings)).toEqual([]);
});

test("pictures, sounds and texts: that a language model can do more is said once", () => {
  for (const modality of ["image", "audio", "text"] as const)
    expect(noticesOf({ ...task, modality }, settings)).toEqual([
      expect.stringContaining("--model provider:name"),
    ]);
});

test("columns without end: what trees are given is said", () => {
  const column = task.train?.columns.find(({ name }) => name === "size");
  if (column === undefined) throw new Error("the task has no size");
  const columns = Array.from({ length: 2000 }, (_, at) => ({ ...column, name: `gene_${at}` }));
  const wide = (table: typeof task.train) =>
    table && { ...table, rows: 5000, columns: [...table.columns, ...columns] };
  const crowded = { ...task, train: wide(task.train), test: wide(task.test) };
  expect(noticesOf(crowded, settings)).toEqual([
    expect.stringContaining("500 columns that tell most"),
  ]);
});
