import { expect, test } from "vitest";
import { diffRows } from "../../src/report/html/diff-rows.ts";

const textOf = (side: { pieces: { text: string }[] } | null) =>
  side === null ? null : side.pieces.map(({ text }) => text).join("");
const shown = (before: string, after: string) =>
  diffRows(before, after).map((row) =>
    row.kind === "skipped" ? row.count : [textOf(row.left), textOf(row.right)],
  );

test("a changed line stands beside what it was, with the changed words marked", () => {
  const [row] = diffRows("rate = 0.1", "rate = 0.2");
  expect(row).toMatchObject({ kind: "changed", left: { number: 1 }, right: { number: 1 } });
  const marked = row?.kind === "changed" ? row.right?.pieces.filter(({ changed }) => changed) : [];
  expect(marked?.map(({ text }) => text).join("")).toContain("2");
});

test("added and removed lines stand alone", () => {
  expect(shown("a\nb", "a\nb\nc")).toEqual([
    ["a", "a"],
    ["b", "b"],
    [null, "c"],
  ]);
  expect(shown("a\nb", "b")).toEqual([
    ["a", null],
    ["b", "b"],
  ]);
});

test("unchanged lines far from a change are counted, and numbers go on behind them", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const rows = diffRows(["old", ...lines].join("\n"), ["new", ...lines].join("\n"));
  expect(rows.map(({ kind }) => kind)).toEqual(["changed", "same", "same", "same", "skipped"]);
  expect(rows.at(-1)).toEqual({ kind: "skipped", count: 17 });
});

test("equal texts have nothing to show but how long they are", () => {
  expect(shown("a\nb", "a\nb")).toEqual([2]);
});
