import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Interpreter } from "./probe-interpreter.ts";

/** An interpreter, and the folders outside the system's that hold it and its packages. */
export interface Python {
  interpreter: string;
  interpreterRoots: readonly string[];
  /** What its environment must have for it to find packages that lie elsewhere. */
  variables?: Readonly<Record<string, string>>;
}

const MOST_LINKS = 40;

/** Everything that a sandbox must show for the interpreter to work: its folders, and links on the way to it outside them. */
export function interpreterRoots(interpreter: Interpreter): string[] {
  const prefixes = [interpreter.prefix, interpreter.basePrefix];
  const folders = [...new Set([...prefixes, ...prefixes.map((path) => realpathSync(path))])];
  const isShown = (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
  return [...folders, ...linkChain(interpreter.executable).filter((path) => !isShown(path))];
}

/** The path and what it links to, link by link. */
function linkChain(path: string): string[] {
  const chain = [path];
  for (let current = path; chain.length < MOST_LINKS && lstatSync(current).isSymbolicLink(); ) {
    current = resolve(dirname(current), readlinkSync(current));
    chain.push(current);
  }
  return chain;
}
