import { nameWords } from "../../read-task/cells/name-words.ts";
import { extensionOf, isArchive } from "../../read-task/find-modality.ts";
import { isDescription } from "../../read-task/task-folder.ts";

/** Fewer files of a kind than this are about the task, not about its units. */
const FEWEST = 8;

/** Files of which each is about one unit: there are many of their kind, and they lie in folders. */
export function mediaFiles(files: readonly string[], roles: readonly string[]): string[] {
  const possible = files.filter(
    (path) => path.includes("/") && !roles.includes(path) && !isDescription(path),
  );
  const kinds = Map.groupBy(possible, extensionOf);
  return possible.filter(
    (path) => (kinds.get(extensionOf(path))?.length ?? 0) >= FEWEST && !isArchive(path),
  );
}

export type Side = "train" | "test" | "both";

/** Whose files lie in a file's folder, by the folder's name. */
export function sideOf(path: string): Side {
  for (const folder of path.split("/").slice(0, -1)) {
    const words = nameWords(folder);
    if (words.some((word) => /^(?:test|testing|tests|eval|evaluation)$/.test(word))) return "test";
    if (words.some((word) => /^(?:train|training|labell?ed)$/.test(word))) return "train";
  }
  return "both";
}

/** By what of its path a file is named: the folder at some depth, or from there on (-1: its last part), with or without the extension. */
export interface FileKey {
  from: number;
  part: "rest" | "bare rest" | "folder" | "lead";
}

export const FILE_KEYS: readonly FileKey[] = [-1, 0, 1, 2, 3].flatMap((from) =>
  (["rest", "bare rest", "folder", "lead"] as const).map((part) => ({ from, part })),
);

/** What names a file by such a key; empty where its path has no such part. */
export function keyOf(path: string, { from, part }: FileKey): string {
  const folders = path.split("/");
  if (part === "folder") return folders.length > from + 1 ? (folders[from] ?? "") : "";
  const rest = folders.slice(from).join("/");
  if (part === "rest") return rest;
  const bare = rest.replace(/\.[A-Za-z0-9]+$/, "");
  return part === "bare rest" ? bare : (/^(.+)[_-][^_-]*$/.exec(bare)?.[1] ?? "");
}

/** The path of a file with another name in the place of its key. */
export function rekeyed(path: string, key: FileKey, name: string, folder: string): string {
  const own = keyOf(path, key);
  const rest = path.split("/").slice(key.from).join("/");
  const top = folder === "" ? "" : `${folder}/`;
  return `${top}${name}${rest.slice(own.length)}`;
}
