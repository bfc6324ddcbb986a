import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  chooseExtras,
  chosenExtras,
  extrasAmong,
  proposedExtra,
  withExtras,
} from "../../../tools/environments/extras.ts";

function temporaryHome(): string {
  const folder = mkdtempSync(join(tmpdir(), "extras-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("extras add up until none are asked for", () => {
  const home = temporaryHome();
  expect(chosenExtras(home)).toEqual([]);
  chooseExtras(home, withExtras(home, ["text"]));
  chooseExtras(home, withExtras(home, ["deep"]));
  expect(chosenExtras(home)).toEqual(["deep", "text"]);
  expect(withExtras(home, ["none"])).toEqual([]);
});

test("an extra that there is not is refused with those there are", () => {
  expect(() => withExtras(temporaryHome(), ["vision"])).toThrow(
    "--with vision: there is no such extra; choose among deep, text, audio, or none.",
  );
});

const packages = (...names: string[]) => names.map((name) => ({ name, version: "1" }));

test("an extra is there when all its packages are, however their names are written", () => {
  const some = packages("torch", "transformers", "Sentence-Transformers", "tokenizers");
  expect(extrasAmong(some)).toEqual(["text"]);
});

test.each([
  ["image", "deep"],
  ["text", "text"],
  ["audio", "audio"],
] as const)("for %s the extra %s is proposed in one line", (modality, extra) => {
  expect(proposedExtra(modality, packages("numpy"))).toMatch(`mle-star -- setup --with ${extra}"`);
});

test("nothing is proposed for tables, nor what is there", () => {
  expect(proposedExtra("tabular", [])).toBeNull();
  expect(proposedExtra("audio", packages("librosa", "soundfile"))).toBeNull();
});
