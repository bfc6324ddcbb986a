import { jsonrepair } from "jsonrepair";
import { z } from "zod";

/** How many brackets of an answer are looked at, and how much is worth repairing: an answer may be megabytes of nonsense. */
const MOST_BRACKETS = 24;
const MOST_REPAIRS = 120;
const LONGEST_REPAIR = 200_000;

/** Where the JSON of an answer may stand: the whole, or from one bracket to another, the longest first. */
function* places(answer: string): Generator<string> {
  yield answer;
  const starts = [...answer.matchAll(/[{[]/g)].slice(0, MOST_BRACKETS).map(({ index }) => index);
  const ends = [...answer.matchAll(/[}\]]/g)].slice(-MOST_BRACKETS).map(({ index }) => index + 1);
  for (const start of starts)
    for (const end of ends.toReversed()) if (start < end) yield answer.slice(start, end);
  // It may have been cut off.
  yield answer.slice(starts[0] ?? answer.length);
}

/** What the answer may say as JSON, read strictly, then forgivingly (quotes, commas, Python constants, comments). */
function* readings(answer: string): Generator<unknown> {
  let repairs = 0;
  for (const place of new Set(places(answer))) {
    const text = place.trim();
    if (!/^[{[]/.test(text)) continue;
    const isWorthIt = text.length <= LONGEST_REPAIR && ++repairs <= MOST_REPAIRS;
    for (const read of [(json: string) => json, ...(isWorthIt ? [jsonrepair] : [])]) {
      try {
        yield JSON.parse(read(text));
      } catch {
        // Not readable this way: the next reading, or the next place, is tried.
      }
    }
  }
}

export type Parsed<T> = { value: T } | { problem: string };

/** Finds the data in an answer and checks them by the schema; else says in one sentence what is wrong. */
export function parseJsonAnswer<T>(answer: string, schema: z.ZodType<T>): Parsed<T> {
  let problem: string | null = null;
  for (const reading of readings(answer)) {
    const checked = schema.safeParse(reading);
    if (checked.success) return { value: checked.data };
    problem ??= z.prettifyError(checked.error).split("\n").slice(0, 12).join("\n").slice(0, 1200);
  }
  return { problem: problem ?? "there is no JSON object in it" };
}
