import type { NotShown } from "../core/task.ts";
import { formatCount } from "./format.ts";

const MOST = 8;

/** What scripts see of a task folder: its files on top by name, and each folder with how many there are in it. */
export function shownFiles(paths: readonly string[]): string[] {
  const [top, nested] = [
    paths.filter((path) => !path.includes("/")),
    paths.filter((path) => path.includes("/")),
  ];
  const folders = Map.groupBy(nested, (path) => path.split("/")[0] ?? "");
  const within = [...folders].map(([folder, { length }]) => `${folder}/ (${formatCount(length)})`);
  return fewOf([...top, ...within]);
}

/** What they do not see, and why. */
export const withheldFiles = (withheld: readonly NotShown[]): string[] =>
  fewOf(withheld.map(({ path, reason }) => `${path} (${reason})`));

function fewOf(names: readonly string[]): string[] {
  const rest = names.length - MOST;
  return [...names.slice(0, MOST), ...(rest > 0 ? [`${formatCount(rest)} more`] : [])];
}
