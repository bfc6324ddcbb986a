import { createHash } from "node:crypto";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../src/core/errors.ts";
import type { PythonEnvironment } from "../environments/python-environment.ts";
import { linkTargets, needOpenData } from "./sandbox/data-links.ts";

const MOST_FILES = 20_000;
const MOST_LISTED = 40;
const LARGE_BY_SMALL = 1000;
/** What a hub keeps beside the files that go by a name. */
const NOT_BY_NAME = /^(?:blobs|refs|\..*)$/;

interface WeightFile {
  path: string;
  bytes: number;
  changed: number;
}

/** The environment with a folder of pretrained weights, which its scripts see, read-only, where it is. */
export function withWeights(python: PythonEnvironment, folder: string | null): PythonEnvironment {
  if (folder === null) return python;
  const root = weightsAt(folder);
  const files = filesBelow(root);
  const identity = JSON.stringify([python.digest, root, files]);
  return {
    ...python,
    digest: createHash("sha256").update(identity).digest("hex"),
    interpreterRoots: [...python.interpreterRoots, root, ...linkTargets(root)],
    workbench: { ...python.workbench, weights: inWords(files) },
  };
}

/** Where libraries look for weights, and that they are not to look for them in the network. */
export function weightVariables(folder: string): Record<string, string> {
  const root = realpathSync(folder);
  const within = (path: string, name: string) =>
    existsSync(join(path, name)) ? join(path, name) : path;
  const home = within(root, "huggingface");
  const hub = within(home, "hub");
  return {
    MLE_STAR_WEIGHTS: root,
    HF_HOME: home,
    HF_HUB_CACHE: hub,
    SENTENCE_TRANSFORMERS_HOME: hub,
    TORCH_HOME: within(root, "torch"),
    TRANSFORMERS_OFFLINE: "1",
  };
}

function weightsAt(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new SettingsError(
      `--weights ${folder}: there is no such folder; name one that holds pretrained weights.`,
    );
  const root = realpathSync(folder);
  if (process.getuid?.() === 0) needOpenData(root);
  return root;
}

function filesBelow(root: string): WeightFile[] {
  const files: WeightFile[] = [];
  const walk = (below: string) => {
    const entries = readdirSync(join(root, below), { withFileTypes: true });
    for (const { name } of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
      if (files.length === MOST_FILES) return;
      const path = join(below, name);
      const state = statSync(join(root, path), { throwIfNoEntry: false });
      if (state?.isDirectory() && !NOT_BY_NAME.test(name)) walk(path);
      if (state?.isFile()) files.push({ path, bytes: state.size, changed: state.mtimeMs });
    }
  };
  walk("");
  return files;
}

/** The largest, by their names: these are the weights, and what lies beside them needs no words. */
function inWords(files: readonly WeightFile[]): string[] {
  const least = Math.max(0, ...files.map(({ bytes }) => bytes)) / LARGE_BY_SMALL;
  const largest = files
    .filter(({ bytes }) => bytes >= least)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, MOST_LISTED);
  const words = largest
    .toSorted((a, b) => a.path.localeCompare(b.path))
    .map(({ path, bytes }) => `${path} (${(bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 2 : 0)} MB)`);
  const more = files.length - largest.length;
  return more > 0 ? [...words, `${more} smaller ${more === 1 ? "file" : "files"}`] : words;
}
