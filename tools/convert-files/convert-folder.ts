import { createHash } from "node:crypto";
import { mkdirSync, statSync, symlinkSync } from "node:fs";
import { dirname, extname, join, posix } from "node:path";
import { z } from "zod";
import { SettingsError, ToolError } from "../../src/core/errors.ts";
import type { NotShown } from "../../src/core/task.ts";
import { madeOnce } from "../environments/made-once.ts";
import { UNREAD } from "../read-task/read-task.ts";
import type { TaskFolder } from "../read-task/task-folder.ts";
import { holdsAnswers } from "../read-task/withheld.ts";
import { type Converted, type ConverterOptions, convertFile } from "./convert-file.ts";
import { type ForeignFile, foreignFiles } from "./foreign-format.ts";
import { listedMedia } from "./listed-media.ts";

/**
 * The task folder as if its tables in foreign formats were CSV: a folder of links to its files, with the tables in the place of the
 * files that they were in. What cannot be read is passed over, with what to do. A folder without such files is left as it is.
 */
export async function convertFolder(
  opened: TaskFolder,
  options: ConverterOptions,
): Promise<TaskFolder> {
  const foreign = foreignFiles(opened.folder, opened.files);
  if (foreign.length === 0) return withListed(opened, options);
  const others = new Set(foreign.map(({ path }) => path));
  const known = new Set(opened.files.flatMap(({ path }) => (others.has(path) ? [] : [path])));
  const tables = new Map<string, string>();
  const passed: NotShown[] = [];
  const replaced = new Set<string>();
  for (const file of foreign) {
    const found = await tried(file, opened.folder, options);
    // An archive without tables stays one.
    if ("tables" in found && found.tables.length === 0) continue;
    replaced.add(file.path);
    const isTaken = (name: string) => known.has(name) || tables.has(name);
    const tell = (reason: string) => passed.push({ path: file.path, reason });
    if ("reason" in found) tell(found.reason);
    else {
      const named = namesOf(file, found.tables, isTaken).map((name, at) => ({ name, at }));
      const made = named.filter(({ name }) => !isTaken(name) && !holdsAnswers(name));
      for (const { name, at } of made) tables.set(name, join(found.folder, `${at}.csv`));
      const names = made.map(({ name }) => name).join(", ");
      const left = named.filter((one) => !made.includes(one)).map(({ name }) => name);
      const notes = [
        ...(left.length === 0 ? [] : [`${left.join(", ")} ${LEFT_PACKED}`]),
        ...found.notes,
      ];
      tell([names === "" ? "not read" : `read as ${names}`, ...notes].join("; "));
    }
  }
  const kept = opened.files.filter(({ path }) => !replaced.has(path));
  if (replaced.size === 0) return opened;
  const links = linksOf(opened, kept, replaced);
  const folder = await mirrored(new Map([...links, ...tables]), options);
  const made = [...tables].map(([path, from]) => ({ path, bytes: statSync(from).size }));
  return {
    ...opened,
    folder,
    files: [...kept, ...made].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    passed: [...opened.passed, ...passed],
    links: new Set([...opened.links, ...links.keys(), ...tables.keys()]),
  };
}

/** The folder with tables of its files, where these stand in none. */
async function withListed(opened: TaskFolder, options: ConverterOptions): Promise<TaskFolder> {
  const { tables, moved, gone } = await listedMedia(opened, options);
  if (tables.size === 0) return opened;
  const kept = opened.files.filter(({ path }) => !gone.has(path));
  const found = [...moved].map(([path, from]) => [path, join(opened.folder, from)] as const);
  const made = [...tables, ...found];
  const links = linksOf(opened, kept, gone);
  return {
    ...opened,
    folder: await mirrored(new Map([...links, ...made]), options),
    files: [
      ...kept,
      ...made.map(([path, from]) => ({ path, bytes: statSync(from).size })),
    ].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    links: new Set([...opened.links, ...links.keys(), ...made.map(([path]) => path)]),
  };
}

const SAVE_AS = "save it as CSV";
const LEFT_PACKED = "in it left out: there is a file of that name, or it seems to hold answers";

async function tried(
  { path, format }: ForeignFile,
  folder: string,
  options: ConverterOptions,
): Promise<Converted | { reason: string }> {
  try {
    return await convertFile(join(folder, path), format, options);
  } catch (error) {
    // A machine on which nothing can be converted is told as a file that cannot be: the task may do without it.
    if (!(error instanceof ToolError || error instanceof SettingsError)) throw error;
    return { reason: `${UNREAD}: ${error.message.replace(/\.$/, "")}; ${SAVE_AS}` };
  }
}

/**
 * `book.xlsx` with one table is `book.csv`, with several `book-train.csv` and so on; what is packed, or in another encoding, keeps
 * its name. The only table of an archive is called as the archive is, one of several as it is called in there.
 */
function namesOf(
  { path, format }: ForeignFile,
  tables: readonly string[],
  isTaken: (name: string) => boolean,
): string[] {
  if (format === "text") return [path];
  const stem = path.replace(/\.\w+$/, "");
  if (format === "packed") return [stem];
  if (format === "zip") return zipped(stem, tables);
  const names: string[] = [];
  const isUsed = (name: string) => names.includes(name) || isTaken(name);
  for (const table of tables)
    names.push(free(tables.length === 1 ? stem : `${stem}-${plain(table)}`, ".csv", isUsed));
  return names;
}

function zipped(stem: string, tables: readonly string[]): string[] {
  const ending = (table: string) => extname(table).toLowerCase();
  const [only = "", ...more] = tables;
  if (more.length === 0) return [extname(stem) === ending(only) ? stem : `${stem}${ending(only)}`];
  const folder = stem.includes("/") ? `${posix.dirname(stem)}/` : "";
  const bases = tables.map((table) => posix.basename(table));
  const isUnique = new Set(bases).size === bases.length;
  return tables.map((table, at) => {
    const name = isUnique ? (bases[at] ?? "") : table.replaceAll("/", "-");
    return `${folder}${plain(name.slice(0, name.length - ending(name).length))}${ending(name)}`;
  });
}

const plain = (table: string): string =>
  table
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, "_")
    .replaceAll(/^[ .]+|(?<![ .])[ .]+$/g, "")
    .slice(0, 80) || "table";

function free(stem: string, ending: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? "" : `-${number}`}${ending}`;
    if (!isTaken(name)) return name;
  }
}

/** What stays as it is, by where it lies: a folder in which nothing is replaced as one. */
function linksOf(
  { folder }: TaskFolder,
  kept: TaskFolder["files"],
  replaced: ReadonlySet<string>,
): Map<string, string> {
  const above = (path: string) => {
    const folders = path.split("/").slice(0, -1);
    return folders.map((_, at) => folders.slice(0, at + 1).join("/"));
  };
  const parted = new Set([...replaced].flatMap(above));
  const wholes = kept.map(({ path }) => above(path).find((one) => !parted.has(one)) ?? path);
  return new Map([...new Set(wholes)].map((path) => [path, join(folder, path)]));
}

/** A folder of these links, made once for all runs that would have the same. */
async function mirrored(
  links: ReadonlyMap<string, string>,
  { home, signal }: ConverterOptions,
): Promise<string> {
  const identity = JSON.stringify([...links].toSorted());
  const name = createHash("sha256").update(identity).digest("hex").slice(0, 32);
  const folder = join(home, "converted", `folder-${name}`);
  const make = async () => {
    for (const [path, from] of links) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(from, join(folder, path));
    }
    return name;
  };
  await madeOnce(folder, z.string(), make, { signal });
  return folder;
}
