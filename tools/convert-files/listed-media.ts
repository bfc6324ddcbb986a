import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { z } from "zod";
import { madeOnce } from "../environments/made-once.ts";
import { labelsOf } from "../measure/units/listed-files.ts";
import { FILE_KEYS, keyOf, mediaFiles, sideOf } from "../measure/units/media-files.ts";
import { csvForm } from "../measure/units/records.ts";
import { openTable, readCells } from "../read-task/csv-file.ts";
import { isTablePath } from "../read-task/file-roles.ts";
import type { TaskFolder } from "../read-task/task-folder.ts";
import type { ConverterOptions } from "./convert-file.ts";

const LISTED = /\.(?:jpe?g|png|gif|bmp|tiff?|webp|wav|mp3|flac|ogg|aiff?|opus|txt)$/i;
const TEXT = /\.txt$/i;
const MOST_TEXT_BYTES = 2 ** 16;

type Row = readonly string[];

/** Tables made of files that stood in none, by name, with where they lie. */
export interface ListedMedia {
  tables: ReadonlyMap<string, string>;
  /** Where a file is found from now on, and where it is. */
  moved: ReadonlyMap<string, string>;
  /** Files that are not to be found any more under their own names. */
  gone: ReadonlySet<string>;
}

const NOTHING: ListedMedia = { tables: new Map(), moved: new Map(), gone: new Set() };

/**
 * `train.csv` with each file's label, told by its folder or its name, and `test.csv`; texts with what they say. Files of train get
 * names that tell nothing, since names of test's tell nothing either. Nothing where the task has tables of its own, or no names tell labels.
 */
export async function listedMedia(
  { folder, files }: TaskFolder,
  { home, signal }: Pick<ConverterOptions, "home" | "signal">,
): Promise<ListedMedia> {
  const paths = files.map(({ path }) => path);
  const tables = paths.filter((path) => isTablePath(path));
  const sample = tables.find((path) => /submission|sample/i.test(path));
  const possible = paths.filter((path) => LISTED.test(path));
  const media = tables.some((path) => path !== sample) ? [] : mediaFiles(possible, []);
  const others = media.filter((path) => sideOf(path) === "test");
  const trained = media.filter((path) => sideOf(path) === "train");
  const own = trained.length > 0 ? trained : media.filter((path) => sideOf(path) === "both");
  if (own.length === 0) return NOTHING;
  const header = sample === undefined ? [] : (await openTable(folder, sample)).columns;
  const [id = "file", ...predicted] = header;
  const labels = labelsOf(own, predicted);
  const test = sample ? await asked(folder, sample, id, others) : others.map(alone);
  if (labels === null || test === null) return NOTHING;
  const isText = media.every((path) => TEXT.test(path));
  const say = (path: string) =>
    readFileSync(join(folder, path)).subarray(0, MOST_TEXT_BYTES).toString();
  const order = own.map((path, at) => ({ path, label: labels[at] ?? "", by: digestOf(path) }));
  const train = order
    .toSorted((one, other) => (one.by < other.by ? -1 : 1))
    .map(({ path, label }, at) => ({
      ...{ path, label },
      id: String(at),
      name: `train-${String(at).padStart(6, "0")}${/\.\w+$/.exec(path)?.[0] ?? ""}`,
    }));
  // An id of the sample's own stands beside the file's name.
  const hasId =
    sample !== undefined && test.some(({ path, name }) => posix.basename(path) !== name);
  const columns = [...(hasId ? [id] : []), hasId ? "file" : id, ...(isText ? ["text"] : [])];
  const cells = (path: string, name: string, ...ids: string[]) => [
    ...(hasId ? ids : []),
    name,
    ...(isText ? [say(path)] : []),
  ];
  const label = predicted.length === 1 ? (predicted[0] ?? "label") : "label";
  const rows = train.map((row) => [...cells(row.path, row.name, row.id), row.label]);
  const testRows = test.map(({ path, name }) => cells(path, posix.basename(path), name));
  return {
    tables: await written(home, signal, [
      ["train.csv", [...columns, label], rows],
      ...(testRows.length === 0 ? [] : [["test.csv", columns, testRows] as const]),
    ]),
    moved: new Map(isText ? [] : train.map(({ path, name }) => [`train/${name}`, path])),
    gone: new Set(isText ? media : own),
  };
}

const digestOf = (path: string): string => createHash("sha256").update(path).digest("hex");

const alone = (path: string) => ({ path, name: posix.basename(path) });

/** The file of each line of the sample, with what names it there; null where one has none. */
async function asked(
  folder: string,
  sample: string,
  id: string,
  files: readonly string[],
): Promise<{ path: string; name: string }[] | null> {
  const names = (await readCells(await openTable(folder, sample), [id])).map(([name = ""]) => name);
  for (const key of FILE_KEYS) {
    const known = new Map(files.map((path) => [keyOf(path, key), path]));
    if (names.every((name) => known.has(name)))
      return names.map((name) => ({ path: known.get(name) ?? "", name }));
  }
  return null;
}

/** Writes the tables once, by what they hold. */
async function written(
  home: string,
  signal: AbortSignal | undefined,
  tables: readonly (readonly [name: string, columns: Row, rows: readonly Row[]])[],
): Promise<Map<string, string>> {
  const form = csvForm(",");
  const texts = tables.map(([name, columns, rows]) => ({
    name,
    text: form.head(columns) + rows.map((row) => form.row(columns, row)).join(""),
  }));
  const digest = createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);
  const folder = join(home, "converted", `listed-${digest}`);
  const make = async () => {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of texts) await writeFile(join(folder, name), text);
    return digest;
  };
  await madeOnce(folder, z.string(), make, { signal });
  return new Map(texts.map(({ name }) => [name, join(folder, name)]));
}
