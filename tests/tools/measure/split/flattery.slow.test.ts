import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import type { SplitKind } from "../../../../src/core/ground.ts";
import { assignUnits } from "../../../../tools/measure/split/assign-units.ts";
import { inferSplit } from "../../../../tools/measure/split/infer-split.ts";
import { cellsOf } from "../../../../tools/measure/split/unit-table.ts";
import { NO_SCIENCE_PYTHON, sciencePython } from "../../../support/science-python.ts";

const Table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) });
const Made = z.record(z.string(), z.object({ train: Table, test: Table }));
const Scores = z.record(
  z.string(),
  z.object({ hidden: z.number(), ours: z.number(), random: z.number() }),
);
const SCRIPT = "tests/tools/measure/split/flattery.py";

test("a random split flatters tasks by group, time and stretches by more than 5 %, the inferred one does not", (context) => {
  const python = sciencePython();
  if (python === null) return context.skip(NO_SCIENCE_PYTHON);
  const ask = (...args: string[]) =>
    JSON.parse(execFileSync(python, [SCRIPT, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 }));
  const folder = mkdtempSync(join(tmpdir(), "flattery-"));
  try {
    const made = Object.entries(Made.parse(ask("make")));
    const parts = made.map(([kind, { train, test }]) => {
      const split = inferSplit({ train, test, ids: ["id"], classes: false });
      expect(split.kind, split.evidence).toBe(kind);
      const keys = (table: z.infer<typeof Table>) =>
        Float64Array.from(cellsOf(table, split.columns), split.keyOf);
      const assigned = (of: SplitKind) => {
        const { parts } = assignUnits({
          ...{ count: train.rows.length, kind: of, keys: keys(train), testKeys: keys(test) },
          ...{ labels: null, folds: 5, holdout: 0, validation: 200_000, seed: 3 },
        });
        return Array.from({ length: parts.count }, (_, unit) => parts.of(unit));
      };
      return [kind, { ours: assigned(split.kind), random: assigned("random") }];
    });
    writeFileSync(join(folder, "parts.json"), JSON.stringify(Object.fromEntries(parts)));
    const scores = Object.entries(Scores.parse(ask("score", folder)));
    for (const [kind, { hidden, ours, random }] of scores) {
      expect(random, `${kind}: random ${random}, hidden ${hidden}`).toBeLessThan(hidden * 0.95);
      expect(ours, `${kind}: ours ${ours}, hidden ${hidden}`).toBeGreaterThan(hidden * 0.95);
      expect(ours, `${kind}: ours ${ours}, hidden ${hidden}`).toBeLessThan(hidden * 1.25);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 240_000);
