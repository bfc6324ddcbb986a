import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sweepUnfinished, writeAtomically } from "../../src/record/write-atomically.ts";

test("a file is replaced whole, and what ended processes left half-written is swept, and no more", () => {
  const folder = mkdtempSync(join(tmpdir(), "mle-star-write-"));
  writeAtomically(join(folder, "run.json"), "old");
  writeAtomically(join(folder, "run.json"), "new");
  const { pid: ended } = spawnSync(process.execPath, ["-e", ""]);
  for (const pid of [ended, process.pid, process.ppid])
    writeFileSync(join(folder, `run.json.${pid}.tmp`), "ne");
  writeFileSync(join(folder, "notes.tmp"), "a person's");
  sweepUnfinished(folder);
  expect(readdirSync(folder).toSorted()).toEqual(
    ["notes.tmp", "run.json", `run.json.${process.ppid}.tmp`].toSorted(),
  );
  expect(readFileSync(join(folder, "run.json"), "utf8")).toBe("new");
});
