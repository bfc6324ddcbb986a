import type { Column, Task, TaskDraft } from "../../../core/task.ts";

/** Files of which each row has one. */
export interface Media {
  kind: "image" | "audio";
  /** Columns that may name a row's file, in train and in test. */
  columns: readonly string[];
  /** Those of them that hold nothing but names of files, as their endings show. */
  named: readonly string[];
  /** Whether other sounds than WAV are named. */
  isPacked: boolean;
}

/** The column that scripts add: the number of a row's file; a path that no task's own column is called by. */
export const FILE = "./file";

/** Endings of the files that scripts open. */
export const ENDINGS: Readonly<Record<Media["kind"], readonly string[]>> = {
  image: [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"],
  audio: [".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff", ".opus"],
};

type Known = Pick<Task | TaskDraft, "modality" | "train" | "test" | "targets">;

/** The files that a task's rows speak of, as far as columns of both tables may name them; null where none do. */
export function mediaOf({ modality, train, test, targets }: Known): Media | null {
  if (modality !== "image" && modality !== "audio") return null;
  const inTest = new Set(test?.columns.map(({ name }) => name));
  const isTarget = new Set(targets.map(({ name }) => name));
  const shared = (train?.columns ?? []).filter(
    ({ name }) => inTest.has(name) && !isTarget.has(name),
  );
  const named = shared.filter((column) => namesFiles(column, ENDINGS[modality]));
  const rows = train?.rows ?? 0;
  const likely = shared.filter(
    ({ kind, integer, distinct }) => (kind === "category" || integer) && 2 * distinct > rows,
  );
  const columns = (named.length > 0 ? named : likely).map(({ name }) => name);
  if (columns.length === 0) return null;
  const examples = named.flatMap((column) => column.examples);
  const isPacked = modality === "audio" && examples.some((name) => !/\.wav$/i.test(name));
  return { kind: modality, columns, named: named.map(({ name }) => name), isPacked };
}

function namesFiles({ examples }: Column, endings: readonly string[]): boolean {
  const ends = (name: string) => endings.some((ending) => name.toLowerCase().endsWith(ending));
  // Of a long value the profile knows the beginning only.
  return examples.some(ends) && examples.every((name) => ends(name) || name.endsWith("..."));
}
