import { occurrences } from "../src/core/occurrences.ts";

/** Whole lines of a script, and the lines that take their place. */
export interface ScriptEdit {
  search: readonly string[];
  replace: readonly string[];
}

/** The lines around an edit, as models know them from version control. */
export const [SEARCH, DIVIDE, REPLACE] = ["<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE"];

const MOST_EDITS = 50;

/** The edits of an answer in their order, wherever they stand in it; one that is not ended is none. */
export function editsIn(answer: string): ScriptEdit[] {
  const edits: ScriptEdit[] = [];
  let open: { search: string[]; replace: string[]; isDivided: boolean } | null = null;
  for (const line of answer.split(/\r?\n/)) {
    const mark = line.trim();
    if (mark === SEARCH) open = { search: [], replace: [], isDivided: false };
    else if (open === null) continue;
    else if (mark === DIVIDE && !open.isDivided) open.isDivided = true;
    else if (mark === REPLACE && open.isDivided) {
      edits.push(open);
      open = null;
    } else open[open.isDivided ? "replace" : "search"].push(line);
  }
  return edits.slice(0, MOST_EDITS);
}

/** The script after these edits, one upon another; null when the lines of one do not stand exactly once, or nothing changes. */
export function edited(script: string, edits: readonly ScriptEdit[]): string | null {
  let lines = script.split("\n");
  for (const { search, replace } of edits) {
    const [at, ...others] = placesOf(search, lines);
    if (at === undefined || others.length > 0) return null;
    lines = [...lines.slice(0, at), ...replace, ...lines.slice(at + search.length)];
  }
  const made = lines.join("\n");
  return made === script ? null : made;
}

/** Where these lines begin, but for white space at their ends. */
function placesOf(search: readonly string[], lines: readonly string[]): number[] {
  const [wanted, all] = [search, lines].map((some) => some.map((line) => line.trimEnd()));
  if (wanted === undefined || all === undefined || wanted.every((line) => line === "")) return [];
  return [...occurrences(all, wanted)];
}
