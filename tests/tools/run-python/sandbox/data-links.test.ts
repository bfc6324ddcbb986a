import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { SettingsError } from "../../../../src/core/errors.ts";
import { needOpenData } from "../../../../tools/run-python/sandbox/data-links.ts";

function data() {
  const folder = mkdtempSync(join(tmpdir(), "data-links-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [task, input] = [join(folder, "task"), join(folder, "input")];
  for (const path of [join(task, "images"), input]) mkdirSync(path, { recursive: true });
  for (const name of ["train.csv", "images/1.png"]) {
    writeFileSync(join(task, name), name);
    chmodSync(join(task, name), 0o644);
  }
  for (const name of ["train.csv", "images"]) symlinkSync(join(task, name), join(input, name));
  return { input, file: (name: string) => join(task, name) };
}

test("data that everybody may read will do", () => {
  expect(() => needOpenData(data().input)).not.toThrow();
});

test.each(["train.csv", "images/1.png", "images"])(
  "%s that is closed to others is named",
  (name) => {
    const { input, file } = data();
    chmodSync(file(name), 0o700);
    const act = () => needOpenData(input);
    expect(act).toThrow(SettingsError);
    expect(act).toThrow(`${file(name)} can be read by its owner alone`);
  },
);
