import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join, resolve } from "node:path";

/** Makes `input/` of a run, whole or not at all: links to the task's public files, leaving out what is withheld. */
export function makeInputFolder(
  input: string,
  taskFolder: string,
  withheld: readonly string[],
): void {
  if (existsSync(input)) return;
  const unfinished = `${input}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  linkPublic(unfinished, resolve(taskFolder), withheld);
  renameSync(unfinished, input);
}

function linkPublic(into: string, from: string, withheld: readonly string[]): void {
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(from)) {
    if (withheld.includes(name)) continue;
    const inside = withheld
      .filter((path) => path.startsWith(`${name}/`))
      .map((path) => path.slice(name.length + 1));
    if (inside.length > 0 && statSync(join(from, name)).isDirectory())
      linkPublic(join(into, name), join(from, name), inside);
    else symlinkSync(join(from, name), join(into, name));
  }
}
