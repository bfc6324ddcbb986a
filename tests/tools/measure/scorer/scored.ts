import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type ScorerOptions, startScorer } from "../../../../tools/measure/scorer/scorer.ts";
import { EXECUTOR, SCIENCE } from "./science.ts";

export type Cells = readonly (readonly (string | number)[])[];
const csv = (header: string, rows: Cells) => `${[header, ...rows.map(String)].join("\n")}\n`;

/** A truth folder and finals beside it, with a scorer over them; files by their names below the folder. */
export function scored(
  truth: Record<string, unknown>,
  files: Record<string, [string, Cells]>,
  options: Partial<ScorerOptions> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "scorer-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const task = {
    direction: "maximize",
    idColumns: ["id"],
    classes: [],
    positive: null,
    mode: "folds",
    seed: 1,
  };
  const put = (name: string, text: string | Buffer) => {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const name of ["truth", "view", "view-final", "attempts"]) mkdirSync(join(folder, name));
  put("truth/truth.json", JSON.stringify({ ...task, ...truth }));
  for (const name of ["view", "view-final"]) put(`${name}/sample.csv`, csv("id,none", []));
  for (const [name, [header, rows]] of Object.entries(files)) put(name, csv(header, rows));
  if (EXECUTOR === undefined || SCIENCE === null) throw new Error("there is no way to run Python");
  const scorer = startScorer({
    ...{ truth: join(folder, "truth"), view: join(folder, "view") },
    ...{ finalView: join(folder, "view-final"), sample: "sample.csv" },
    ...{ readable: [join(folder, "attempts")], writable: join(folder, "work") },
    ...{ metricFile: null, python: SCIENCE, executor: EXECUTOR, ...options },
  });
  onTestFinished(() => scorer.close());
  const final = (attempt: string) => join(folder, "attempts", attempt, "final");
  return { scorer, folder, put, final };
}

/** The bytes of a NumPy array; its header may lie. */
export function npy(shape: readonly number[], values: readonly number[], type = "<f4"): Buffer {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const padded = `${header.padEnd(117)}\n`;
  const start = Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, padded.length, 0]);
  return Buffer.concat([start, Buffer.from(padded), Buffer.from(new Float32Array(values).buffer)]);
}
