import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { permutedView } from "../../../../tools/measure/leaks/permuted-view.ts";

const UNITS = 400;

/** Units of one or two rows in four folds; every fifth is in none. */
function makeView() {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-permuted-"));
  const [view, truth] = [join(folder, "view"), join(folder, "truth")];
  for (const path of [join(view, "members/1"), truth]) mkdirSync(path, { recursive: true });
  const units = Array.from({ length: UNITS }, (_, unit) => unit);
  const rows = units.flatMap((unit) => (unit % 3 === 0 ? [unit, unit] : [unit]));
  const write = (path: string, lines: readonly string[]) =>
    writeFileSync(path, `${lines.join("\n")}\n`);
  const isListed = (unit: number) => unit % 5 !== 0;
  const cells = rows.map((unit, row) => `"u, ${unit}",${row},y${row},"z ""${row}"""`);
  write(join(view, "train.csv"), ["name,x,y,z", ...cells]);
  write(join(view, "test.csv"), ["name,x", "a,1"]);
  write(join(view, "members/1/member.json"), ["{}"]);
  const fold = rows.flatMap((unit, row) => (isListed(unit) ? [`${unit},${row},${unit % 4}`] : []));
  write(join(view, "folds.csv"), ["unit,row,fold", ...fold]);
  const lines = units.filter(isListed).map((unit) => `${unit},${unit % 4},${unit},0`);
  write(join(truth, "validation.csv"), ["__unit,__fold,id,y", ...lines]);
  return { rows, isListed, view, truth, into: join(folder, "view-permuted") };
}

test("units of one fold exchange their labels as a whole, and all else stays", async () => {
  const { rows, isListed, view, truth, into } = makeView();
  const about = { view, truth, into, fold: 2, seed: 5, table: "train.csv", labels: ["y", "z"] };
  expect(await permutedView(about)).toBeNull();
  const read = (folder: string) => readFileSync(join(folder, "train.csv"), "utf8").split("\n");
  const [before, after] = [read(view), read(into)];
  const rowOf = (line: string) => Number(/,y(\d+),"z ""(\1)"""$/.exec(line)?.[1]);
  const donors = rows.map((_, row) => rowOf(after[row + 1] ?? ""));
  const inFold = rows.map((unit) => unit % 4 === 2 && isListed(unit));
  for (const [row, unit] of rows.entries()) {
    const donor = donors[row] ?? -1;
    expect(after[row + 1]).toContain(`"u, ${unit}",${row},`);
    if (!inFold[row]) expect(after[row + 1]).toBe(before[row + 1]);
    expect(inFold[donor]).toBe(inFold[row]);
    // Both rows of a unit get those of one other.
    if (rows[row + 1] === unit) expect(rows[donors[row + 1] ?? -1]).toBe(rows[donor]);
  }
  expect(new Set(donors).size).toBe(rows.length);
  const moved = donors.filter((donor, row) => donor !== row).length;
  expect(moved).toBeGreaterThan(0.9 * inFold.filter(Boolean).length);
  expect(statSync(join(into, "test.csv")).ino).toBe(statSync(join(view, "test.csv")).ino);
});

test("members that came since are there the next time; labels in no table are a reason", async () => {
  const { view, truth, into } = makeView();
  const about = { view, truth, into, fold: 0, seed: 1, table: "train.csv", labels: ["y"] };
  await permutedView(about);
  mkdirSync(join(view, "members/2"));
  writeFileSync(join(view, "members/2/member.json"), "{}");
  await permutedView(about);
  expect(readFileSync(join(into, "members/2/member.json"), "utf8")).toBe("{}");
  const elsewhere = { ...about, into: `${into}-2`, table: "train.parquet" };
  expect(await permutedView(elsewhere)).toMatch(/no plain table/);
});
