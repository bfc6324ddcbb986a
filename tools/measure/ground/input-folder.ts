import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ReadTask } from "../../read-task/read-task.ts";
import { placeFile } from "../view/place-file.ts";

/** A sandbox shows every link's target by a mount of its own: beyond so many the files themselves are placed. */
const MOST_LINKS = 500;

/**
 * Makes `input/` of a run, whole or not at all, of the files that scripts may see and nothing beside them: a folder of which
 * they may see all is linked as one.
 */
export function makeInputFolder(
  input: string,
  { folder, files, withheld, links }: Pick<ReadTask, "folder" | "files" | "withheld" | "links">,
): void {
  if (existsSync(input)) return;
  const unfinished = `${input}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const parted = new Set([...withheld.map(({ path }) => path), ...links].flatMap(above));
  const placed = new Set<string>();
  for (const path of files) {
    const whole = above(path).find((one) => !parted.has(one)) ?? path;
    if (placed.has(whole)) continue;
    placed.add(whole);
    const [from, to] = [realpathSync(join(folder, whole)), join(unfinished, whole)];
    if (placed.size > MOST_LINKS && whole === path) placeFile(from, to);
    else {
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(from, to);
    }
  }
  renameSync(unfinished, input);
}

/** The folders that a path lies in, the outermost first. */
const above = (path: string): string[] => {
  const folders = path.split("/").slice(0, -1);
  return folders.map((_, at) => folders.slice(0, at + 1).join("/"));
};
