import { expect, test } from "vitest";
import { openSampled } from "../../../tools/read-task/sampled-table.ts";
import { makeFolder } from "./make-folder.ts";

const ROWS = 40_000;
const text = `id,text,x\n${Array.from({ length: ROWS }, (_, row) => `${row},"a ""quoted"" cell, ${row}",${row % 97}`).join("\n")}\n`;

test("of a large table only parts are read, whole rows of them, and all rows estimated", async () => {
  const file = await openSampled(makeFolder({ "t.csv": text }), "t.csv", text.length / 10);
  const rows: string[][] = [];
  for await (const batch of file.batches()) rows.push(...batch);
  expect(rows.length).toBeLessThan(ROWS / 4);
  for (const [id, quoted, x] of rows)
    expect([quoted, x]).toEqual([`a "quoted" cell, ${id}`, String(Number(id) % 97)]);
  expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
  expect(Number(rows.at(-1)?.[0])).toBeGreaterThan(0.98 * ROWS);
  expect(file.estimated?.(rows.length)).toBeGreaterThan(0.7 * ROWS);
  expect(file.estimated?.(rows.length)).toBeLessThan(1.3 * ROWS);
});

test("a table that is not larger is read whole", async () => {
  const file = await openSampled(makeFolder({ "t.csv": text }), "t.csv", text.length);
  expect(file.estimated).toBeUndefined();
});
