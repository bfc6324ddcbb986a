import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SettingsError } from "../../src/core/errors.ts";
import type { Modality, Workbench } from "../../src/core/task.ts";
import { command } from "../../src/core/words/command.ts";
import { writeAtomically } from "../../src/record/write-atomically.ts";
import { makeDataHome } from "./data-home.ts";

/** Sets of packages that the managed environment has when they are asked for. */
export const ExtraName = z.enum(["deep", "text", "audio"]);
export type ExtraName = z.infer<typeof ExtraName>;

/** By extra: what its scripts import, and the kind of data it is for. */
const EXTRAS: Record<ExtraName, { modules: readonly string[]; modality: Modality }> = {
  deep: { modules: ["torch", "torchvision", "timm"], modality: "image" },
  text: { modules: ["transformers", "sentence_transformers", "tokenizers"], modality: "text" },
  audio: { modules: ["librosa", "soundfile"], modality: "audio" },
};

const named = (name: string) => name.toLowerCase().replaceAll("_", "-");

/** The extras whose packages are all there. */
export function extrasAmong(packages: Workbench["packages"]): ExtraName[] {
  const names = new Set(packages.map(({ name }) => named(name)));
  return ExtraName.options.filter((extra) =>
    EXTRAS[extra].modules.every((module) => names.has(named(module))),
  );
}

/** The extra that the module comes with. */
export const extraOf = (module: string): ExtraName | undefined =>
  ExtraName.options.find((extra) => EXTRAS[extra].modules.includes(module));

/** What data of that kind ask for and these packages lack, as one sentence; null when there is nothing. */
export function proposedExtra(
  modality: Modality | null,
  packages: Workbench["packages"],
): string | null {
  const extra = ExtraName.options.find((name) => EXTRAS[name].modality === modality);
  if (extra === undefined || extrasAmong(packages).includes(extra)) return null;
  const gives = EXTRAS[extra].modules.map(named).join(", ");
  return `The task's data are of the kind ${modality}: "${command(`setup --with ${extra}`)}" gives scripts ${gives} before they ask for it.`;
}

const fileIn = (home: string) => join(home, "extras.json");

/** The extras that the managed environment is to have. */
export function chosenExtras(home: string): ExtraName[] {
  if (!existsSync(fileIn(home))) return [];
  // What another version wrote here and this one does not know is not missed.
  const names = z.array(z.string()).parse(JSON.parse(readFileSync(fileIn(home), "utf8")));
  return ExtraName.options.filter((extra) => names.includes(extra));
}

/** Those chosen so far and these; with `none` among the names, none. */
export function withExtras(home: string, wanted: readonly string[]): ExtraName[] {
  if (wanted.includes("none")) return [];
  const unknown = wanted.find((name) => !ExtraName.safeParse(name).success);
  if (unknown !== undefined)
    throw new SettingsError(
      `--with ${unknown}: there is no such extra; choose among ${ExtraName.options.join(", ")}, or none.`,
    );
  const all = [...chosenExtras(home), ...wanted];
  return ExtraName.options.filter((extra) => all.includes(extra));
}

/** Keeps the choice for all runs to come. */
export function chooseExtras(home: string, extras: readonly ExtraName[]): void {
  writeAtomically(fileIn(makeDataHome(home)), `${JSON.stringify(extras)}\n`);
}
