import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";

/** What a `meta.json` beside the answers says of grading; all of it may be left out. */
const Meta = z.object({
  metric: z.string().optional(),
  lower_is_better: z.boolean().optional(),
  /** The column, or columns, that name a line of the submission; null where its position does. */
  id: z
    .union([z.string(), z.array(z.string())])
    .nullable()
    .optional(),
  /** Scores that a medal took, and the median of all who took part. */
  leaderboard: z
    .object({ gold: z.number(), silver: z.number(), bronze: z.number(), median: z.number() })
    .partial()
    .optional(),
});
export type Meta = z.infer<typeof Meta>;

/** The labels of a task's test rows, and how they are graded. */
export interface Answers {
  file: string;
  meta: Meta;
}

/** Where they lie below a folder of a task: of its own, as in MLE-bench, or for MLE-bench's own folder of one. */
const FOLDERS = ["", "prepared/private", "private"];
const NAMES = ["answers", "labels", "test", "test_labels", "gold_submission", "solution"];

/** The answers of a task by its name below a folder of answers; null where there are none. */
export function answersOf(folder: string, task: string): Answers | null {
  for (const place of FOLDERS.map((below) => join(folder, task, below))) {
    if (!isFolder(place)) continue;
    const named = NAMES.flatMap((name) => [`${name}.csv`, `${name}.csv.gz`]);
    const tables = readdirSync(place).filter((name) => /\.csv(\.gz)?$/.test(name));
    const file = named.find((name) => tables.includes(name)) ?? tables[0];
    if (file !== undefined) return answersIn(join(place, file));
  }
  return null;
}

/** The answers in this file, with what the `meta.json` beside it says. */
export function answersIn(file: string): Answers {
  if (!existsSync(file) || isFolder(file))
    throw new SettingsError(`--answers ${file}: there is no such file; give the table of labels`);
  const path = join(dirname(file), "meta.json");
  return { file, meta: existsSync(path) ? readMeta(path) : {} };
}

function readMeta(path: string): Meta {
  try {
    return Meta.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? cause.issues[0]?.path.join(".") : "it is no JSON";
    throw new SettingsError(`${path}: it cannot be read (${why}); correct it`, { cause });
  }
}

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
