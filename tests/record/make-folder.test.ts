import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SettingsError } from "../../src/core/errors.ts";
import { makeFolder } from "../../src/record/make-folder.ts";

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), "make-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a folder is made with those above it, and one that is there keeps what it holds", () => {
  const folder = join(place(), "a", "b");
  makeFolder(folder, "no");
  expect(readdirSync(folder)).toEqual([]);
  mkdirSync(join(folder, "c"));
  makeFolder(folder, "no");
  expect(readdirSync(folder)).toEqual(["c"]);
});

test("a file in the way is refused with the sentence given", () => {
  const file = join(place(), "file");
  writeFileSync(file, "");
  for (const folder of [file, join(file, "a", "b")])
    expect(() => makeFolder(folder, "choose another")).toThrow(new SettingsError("choose another"));
});

// In a process of its own, because what is guarded against never returns.
test.skipIf(!existsSync("/proc/self")).each(["/proc", "/proc/x/y"])(
  "%s is refused at once",
  (folder) => {
    const module = new URL("../../src/record/make-folder.ts", import.meta.url).href;
    const script = `const { makeFolder } = await import(${JSON.stringify(module)});
      const begun = performance.now();
      try { makeFolder(${JSON.stringify(folder)}, "refused") }
      catch (error) { console.log(error.message, performance.now() - begun < 1000) }`;
    const told = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      timeout: 20_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(told).toBe("refused true\n");
  },
);
