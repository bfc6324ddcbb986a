import { fenceAround } from "../src/core/words/fence-around.ts";

/** The text in a Markdown fence that nothing inside it can close. */
export function fence(text: string, language = ""): string {
  const ticks = fenceAround(text);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** Text from files or from the web, marked as data that gives no orders; it cannot close its own mark. */
export function untrusted(source: string, text: string): string {
  const name = source.replaceAll(/[^\w ./:?=&%+,#-]/g, "_").slice(0, 200);
  return `<untrusted source="${name}">\n${unmarked(text)}\n</untrusted>`;
}

/** The text without anything that reads as a mark of untrusted text. */
export const unmarked = (text: string): string =>
  text.replaceAll(/[<＜﹤]([\s/\\]*untrusted)/gi, "‹$1");
