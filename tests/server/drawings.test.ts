import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { drawGraphs } from "../../src/server/draw-graphs.ts";

test("the drawings in docs/graphs.md are those of the code; `npm run draw` makes them so", async () => {
  expect(readFileSync("docs/graphs.md", "utf8")).toBe(await drawGraphs());
});
