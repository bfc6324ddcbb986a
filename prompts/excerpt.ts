import { unmarked } from "./fence.ts";

const CHARACTERS_PER_TOKEN = 4;

/** A rough count of a text's tokens: four characters each. */
export const estimateTokens = (text: string): number =>
  Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** The text without halves of characters that a cut may leave. */
const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, "");

/** Up to the last line break, when that does not cost more than half of the text. */
const wholeLines = (head: string): string => {
  const end = head.lastIndexOf("\n");
  return end > head.length / 2 ? head.slice(0, end) : head;
};

const fromWholeLine = (tail: string): string => {
  const start = tail.indexOf("\n") + 1;
  return start > 0 && start < tail.length / 2 ? tail.slice(start) : tail;
};

/** The text within a budget of tokens: its head and its tail, and between them how much is left out. */
export function excerpt(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return wellFormed(text);
  const room = tokens * CHARACTERS_PER_TOKEN;
  const head = wholeLines(text.slice(0, Math.ceil(room / 2)));
  const tail = fromWholeLine(text.slice(text.length - Math.floor(room / 2)));
  const leftOut = text.length - head.length - tail.length;
  return wellFormed(`${head}\n[... ${leftOut} characters left out ...]\n${tail}`);
}

/** The last whole lines of a text that fit into a budget of tokens. */
export function tail(text: string, tokens: number): string {
  const end = text.slice(-tokens * CHARACTERS_PER_TOKEN);
  return wellFormed(end.length < text.length ? fromWholeLine(end) : end);
}

/** The text, which may be foreign, as one line of at most so many characters. */
export function oneLine(text: string, characters: number): string {
  const start = text.slice(0, characters * 4).replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ");
  const line = unmarked(wellFormed(start)).trim();
  return line.length <= characters ? line : `${line.slice(0, characters - 1).trimEnd()}…`;
}

/** The first items of a list, and how many more there are; "(none)" for an empty one. */
export function listed(items: readonly string[], most: number): string {
  const shown = items.slice(0, most).map((item) => oneLine(item, 80));
  const more = items.length - shown.length;
  return `${shown.join(", ") || "(none)"}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What these are called: models, columns. */
export const namesOf = (models: readonly { name: string }[]): string[] =>
  models.map(({ name }) => name);
