import { jsonrepair } from "jsonrepair";
import { z } from "zod";

/** How many brackets of an answer are looked at. */
const MOST_BRACKETS = 24;
/** Characters that are read, and repaired, over all places of one answer: it may be long nonsense. */
const MOST_READ = 5_000_000;
const MOST_REPAIRED = 300_000;
/** The repairing library takes quadratic time. */
const LONGEST_REPAIR = 50_000;

/** Where the JSON of an answer may stand: the whole, or from one bracket to another, the longest first. */
function* places(answer: string): Generator<string> {
  yield answer;
  const starts: number[] = [];
  for (let at = 0; at < answer.length && starts.length < MOST_BRACKETS; at += 1)
    if (answer[at] === "{" || answer[at] === "[") starts.push(at);
  const ends: number[] = [];
  for (let at = answer.length; at > 0 && ends.length < MOST_BRACKETS; at -= 1)
    if (answer[at - 1] === "}" || answer[at - 1] === "]") ends.push(at);
  for (const start of starts)
    for (const end of ends) if (start < end) yield answer.slice(start, end);
  // It may have been cut off.
  yield answer.slice(starts[0] ?? answer.length);
}

/** What the answer may say as JSON, read strictly, then forgivingly (quotes, commas, Python constants, comments). */
function* readings(answer: string): Generator<unknown> {
  let [read, repaired] = [0, 0];
  let before = "";
  for (const place of places(answer)) {
    const text = place.trim();
    if (!/^[{[]/.test(text) || text === before) continue;
    before = text;
    read += text.length;
    if (read > MOST_READ && read > text.length) return;
    if (text.length <= LONGEST_REPAIR) repaired += text.length;
    const isWorthIt = text.length <= LONGEST_REPAIR && repaired <= MOST_REPAIRED;
    for (const reader of [(json: string) => json, ...(isWorthIt ? [jsonrepair] : [])]) {
      try {
        yield JSON.parse(reader(text));
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
