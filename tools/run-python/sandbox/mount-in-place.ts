import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { openFolder } from "./open-folder.ts";

/** In a namespace of its own, so that nothing of it is seen outside or left over. */
const ALONE = ["unshare", "--mount", "--"] as const;

/** Whether root may mount here: in a container it often may not. */
export function mayMount(stageFolder: string): boolean {
  const [command, ...alone] = ALONE;
  const attempt = ["mount", "-t", "tmpfs", "stage", openFolder(stageFolder)];
  may ??= spawnSync(command, [...alone, ...attempt]).status === 0;
  return may;
}
let may: boolean | undefined;

/**
 * Words that start a command, in a folder, where each path shows what it is to show, and every folder on the way to it can
 * be entered by all. They are mounted for that command alone.
 */
export function mountInPlace(
  shown: ReadonlyMap<string, string>,
  folder: string,
  stageFolder: string,
): string[] {
  const words = [openFolder(stageFolder), folder];
  const word = (text: string) => `"\${${words.push(text)}}"`;
  const paths = [...shown].toSorted(([a], [b]) => a.length - b.length);
  // What is to be shown is kept before anything lies over it.
  const keep = paths.map(([, from], index) => {
    const source = word(from);
    const place = `"$1/${index}"`;
    return `if [ -d ${source} ]; then mkdir ${place}; else : > ${place}; fi; mount --bind ${source} ${place}`;
  });
  const closed = [...new Set(paths.flatMap(([path]) => firstClosedFolder(path) ?? []))];
  const cover = closed.map((path) => `mount -t tmpfs -o mode=755,size=1m cover ${word(path)}`);
  const show = paths.map(([path], index) => {
    const [place, kept] = [word(path), `"$1/${index}"`];
    const make = `if [ -d ${kept} ]; then mkdir -p ${place}; else mkdir -p ${word(dirname(path))}; [ -e ${place} ] || : > ${place}; fi`;
    return `${make}; mount --bind ${kept} ${place}`;
  });
  const script = [
    "set -e",
    'mount -t tmpfs -o mode=755,size=1m stage "$1"',
    ...[...keep, ...cover, ...show],
    'cd "$2"',
    `shift ${words.length}`,
    'exec "$@"',
  ].join("\n");
  return [...ALONE, "sh", "-c", script, "in-place", ...words];
}

/** The outermost folder on the way to the path that others may not enter. */
function firstClosedFolder(path: string): string | null {
  let outermost: string | null = null;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if ((statSync(folder).mode & 0o001) === 0) outermost = folder;
  return outermost;
}
