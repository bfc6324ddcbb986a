import { diffArrays, diffWordsWithSpace } from "diff";

/** A line of a text in pieces; those that changed are marked. */
export interface Line {
  number: number;
  pieces: { text: string; changed: boolean }[];
}
/** A line of the old text beside its counterpart in the new; `skipped` stands for unchanged lines left out. */
export type DiffRow =
  | { kind: "same" | "changed"; left: Line | null; right: Line | null }
  | { kind: "skipped"; count: number };

const CONTEXT = 3;
/** Lines longer than this are not compared word by word. */
const LONG_LINE = 400;

const linesOf = (text: string) => text.replace(/\n$/, "").split("\n");

/** Texts that differ in more lines are told as one removed and one added. */
const MOST_CHANGES = 500;

/**
 * Two texts side by side, line by line, with three unchanged lines around each change; beyond so many rows changed lines are not
 * compared word by word.
 */
export function diffRows(before: string, after: string, most = 10_000): DiffRow[] {
  const rows: DiffRow[] = [];
  let [left, right] = [0, 0];
  const add = (
    old: Line["pieces"] | null,
    fresh: Line["pieces"] | null,
    kind: "same" | "changed",
  ) =>
    rows.push({
      kind,
      left: old && { number: ++left, pieces: old },
      right: fresh && { number: ++right, pieces: fresh },
    });

  const [oldLines, newLines] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(oldLines, newLines, { maxEditLength: MOST_CHANGES }) ?? [
    { value: oldLines, removed: true, added: false },
    { value: newLines, removed: false, added: true },
  ];
  for (const [index, { value, added, removed }] of parts.entries()) {
    const [previous, next] = [parts[index - 1], parts[index + 1]];
    // What was added stands beside what it replaces.
    if (added && previous?.removed) continue;
    if (removed || added) {
      const old = removed ? value : [];
      const fresh = added ? value : next?.added ? next.value : [];
      for (const at of Array(Math.max(old.length, fresh.length)).keys()) {
        const isCompared = rows.length < most;
        const words = isCompared ? compared(old[at], fresh[at]) : apart(old[at], fresh[at]);
        add(words.before, words.after, "changed");
      }
      continue;
    }
    const first = previous === undefined ? 0 : CONTEXT;
    const count = Math.max(0, value.length - first - (next === undefined ? 0 : CONTEXT));
    for (const [at, text] of value.entries()) {
      if (at === first && count > 0) {
        rows.push({ kind: "skipped", count });
        left += count;
        right += count;
      }
      if (at < first || at >= first + count) add(whole(text), whole(text), "same");
    }
  }
  return rows;
}

const whole = (text: string | undefined) =>
  text === undefined ? null : [{ text, changed: false }];

const apart = (before: string | undefined, after: string | undefined) => ({
  before: whole(before),
  after: whole(after),
});

/** A removed and an added line in pieces: compared by words when both are there. */
function compared(before: string | undefined, after: string | undefined) {
  if (before === undefined || after === undefined || before.length + after.length > LONG_LINE)
    return apart(before, after);
  const words = diffWordsWithSpace(before, after);
  const side = (leaveOut: "added" | "removed") =>
    words
      .filter((word) => !word[leaveOut])
      .map(({ value, added, removed }) => ({ text: value, changed: added || removed }));
  return { before: side("added"), after: side("removed") };
}
