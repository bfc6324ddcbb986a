import { writeFileSync } from "node:fs";
import { drawGraphs } from "../src/server/draw-graphs.ts";

/** Writes docs/graphs.md anew. */
writeFileSync("docs/graphs.md", await drawGraphs());
