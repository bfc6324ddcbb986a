import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SettingsError } from "../../src/core/errors.ts";
import { NodeSqlite } from "../../src/record/node-sqlite.ts";
import { lockRun, lockState } from "../../src/record/run-lock.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "mle-star-lock-"));

/** A run folder that such a holder took and did not let go of. */
function heldBy(holder: { pid?: number; started?: string; host?: string }): string {
  const folder = newFolder();
  lockRun(folder);
  const database = new NodeSqlite(join(folder, "run.lock"));
  const row = database.prepare("SELECT holder FROM holder").get()?.["holder"];
  const changed = JSON.stringify({ ...JSON.parse(String(row)), ...holder });
  database.prepare("UPDATE holder SET holder = ?").run(changed);
  database.close();
  return folder;
}

test("a run is held by one process at a time, and can be taken after it was let go", () => {
  const folder = newFolder();
  const unlock = lockRun(folder);
  expect(() => lockRun(folder)).toThrow(SettingsError);
  expect(lockState(folder)).toBe("held");
  unlock();
  expect(lockState(folder)).toBe("free");
  lockRun(folder)();
});

test.each([
  { whose: "a process that is gone", holder: { pid: spawnSync("true").pid } },
  { whose: "a living process whose number was reused", holder: { started: "long ago" } },
])("the lock of $whose is taken over", ({ holder }) => {
  const folder = heldBy(holder);
  expect(lockState(folder)).toBe("abandoned");
  expect(() => lockRun(folder)()).not.toThrow();
});

test("nothing is known of another machine's processes: what to do is said", () => {
  const folder = heldBy({ host: "elsewhere" });
  expect(() => lockRun(folder)).toThrow(/on the machine elsewhere is working.*delete.*run\.lock/);
  rmSync(join(folder, "run.lock"));
  expect(() => lockRun(folder)()).not.toThrow();
});

test("a damaged lock is named, with what to do", () => {
  const folder = newFolder();
  writeFileSync(join(folder, "run.lock"), "{".repeat(5000));
  expect(() => lockRun(folder)).toThrow(/run\.lock: it is damaged; .* delete it/);
});

test("of many processes that find a dead one's lock at once, one takes it", async () => {
  const folder = heldBy({ pid: spawnSync("true").pid });
  const code = `
    const { lockRun } = await import(${JSON.stringify(new URL("../../src/record/run-lock.ts", import.meta.url).href)});
    process.stdin.once("data", () => {
      try { lockRun(${JSON.stringify(folder)}); console.log("took"); } catch { console.log("refused"); }
      process.stdin.once("end", () => process.exit());
    });
    console.log("ready");`;
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const said = children.map(({ stdout }) => stdout[Symbol.asyncIterator]());
  const next = () =>
    Promise.all(said.map(async (lines) => String((await lines.next()).value).trim()));
  await next();
  for (const { stdin } of children) stdin.write("go\n");
  const answers = await next();
  for (const { stdin } of children) stdin.end();
  expect(answers.toSorted()).toEqual([...Array(5).fill("refused"), "took"]);
});
