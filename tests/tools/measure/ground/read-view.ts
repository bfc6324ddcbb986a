import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openTable } from "../../../../tools/read-task/csv-file.ts";

/** A table as records by column. */
export async function rowsOf(folder: string, path: string): Promise<Record<string, string>[]> {
  const file = await openTable(folder, path);
  const rows: Record<string, string>[] = [];
  for await (const batch of file.batches())
    for (const cells of batch)
      rows.push(Object.fromEntries(file.columns.map((column, at) => [column, cells[at] ?? ""])));
  return rows;
}

export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();

/** Everything that is written below a folder. */
export const textOf = (folder: string): string =>
  filesIn(folder)
    .map((path) => `${path}\n${readFileSync(join(folder, path), "latin1")}`)
    .join("\n");

/** A labelled or unlabelled thing, and what a nosy reader could order such things by. */
export interface Seen {
  label: string;
  clues: Record<string, number>;
}

const digits = (text: string) => Number(/\d+(?=\D*$)/.exec(text)?.[0] ?? 0);

/** What may give a unit away: where it stands, what it is called, and its files' age, size and number on the disk. */
export function cluesOf(view: string, name: string, at: number, files: readonly string[]) {
  const clues: Record<string, number> = { place: at, number: digits(name) };
  for (const path of files) {
    const { mtimeMs, ctimeMs, ino, size, nlink } = statSync(join(view, path));
    Object.assign(clues, { mtimeMs, ctimeMs, ino, size, nlink });
  }
  return clues;
}

/** How often the nearest labelled thing, and how often the neighbour among the unlabelled, has the same label, by each clue. */
export function agreement(known: readonly Seen[], asked: readonly Seen[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const clue of Object.keys(asked[0]?.clues ?? {})) {
    const by = (one: Seen) => one.clues[clue] ?? 0;
    const near = known.toSorted((a, b) => by(a) - by(b));
    const hits = asked.filter((one) => {
      const after = near.findIndex((other) => by(other) >= by(one));
      return near.at(after)?.label === one.label;
    });
    found[`nearest by ${clue}`] = hits.length / asked.length;
    const ordered = asked.toSorted((a, b) => by(a) - by(b));
    const pairs = ordered.filter((one, at) => ordered[at + 1]?.label === one.label);
    found[`neighbour by ${clue}`] = pairs.length / asked.length;
  }
  return found;
}
