import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TRAIN_ROWS = 120;
const TEST_ROWS = 40;

/** Writes a table so small that a whole run on it takes seconds: a number from two numbers and a category. */
export function makeTinyTask(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const random = drawFrom(1);
  const rows = Array.from({ length: TRAIN_ROWS + TEST_ROWS }, (_, id) => {
    const [a, b, kind, noise] = [random() * 4 - 2, random() * 4 - 2, random(), random() - 0.5];
    const category = kind < 0.4 ? "x" : kind < 0.7 ? "y" : "z";
    const level = { x: 0, y: 1, z: 2 }[category];
    return {
      given: `${id},${a.toFixed(4)},${b.toFixed(4)},${category}`,
      y: 2 * a - b + level + noise,
    };
  });
  const write = (name: string, lines: string[]) =>
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  const test = rows.slice(TRAIN_ROWS);
  const known = rows.slice(0, TRAIN_ROWS).map(({ given, y }) => `${given},${y.toFixed(4)}`);
  write("train.csv", ["id,a,b,c,y", ...known]);
  write("test.csv", ["id,a,b,c", ...test.map(({ given }) => given)]);
  write("sample_submission.csv", ["id,y", ...test.map((_, index) => `${TRAIN_ROWS + index},0`)]);
  write("task.md", [
    "Predict `y` of every row of test.csv. The metric is the root mean squared error (RMSE).",
  ]);
  return folder;
}

/** Numbers from 0 to 1, the same ones for the same seed. */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
