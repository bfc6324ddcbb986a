import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

const MOST_CHARACTERS = 24_000;
const BLOCK = /^(?:p|div|section|article|li|tr|h[1-6]|br|blockquote|table|ul|ol|dl|dt|dd)$/i;
const SKIPPED = /^(?:script|style|noscript|svg|nav|footer|iframe|form|button)$/i;

interface Node {
  nodeName: string;
  nodeType: number;
  textContent: string | null;
  childNodes: ArrayLike<Node>;
}

/** The text below a node: blocks on lines of their own, code in fences with its line breaks. */
function textOf(node: Node): string {
  if (node.nodeType === 3) return (node.textContent ?? "").replaceAll(/\s+/g, " ");
  if (SKIPPED.test(node.nodeName)) return "";
  if (/^pre$/i.test(node.nodeName)) return `\n\`\`\`\n${(node.textContent ?? "").trim()}\n\`\`\`\n`;
  const inside = Array.from(node.childNodes, textOf).join("");
  return BLOCK.test(node.nodeName) ? `\n${inside}\n` : inside;
}

/** A text within the bound of a page, without blanks at ends of lines and empty stretches. */
export const plainText = (text: string): string =>
  text
    .replaceAll(/(?<![ \t])[ \t]+\n/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim()
    .slice(0, MOST_CHARACTERS);

/** A page as its words alone: for markup that the parser cannot take. */
export const wordsIn = (body: string): string => plainText(body.replaceAll(/<[^>]*>?/g, " "));

/** Title, text and code of a page, without what stands around the article; throws, or takes long, on some markup. */
export function articleOf(body: string): { title: string; text: string } {
  const page = /<html[\s>]/i.test(body) ? body : `<html><body>${body}</body></html>`;
  const { document } = parseHTML(page);
  const whole = plainText(textOf(document.body));
  const title = document.title ?? "";
  const article = new Readability(document).parse();
  if (!article?.content) return { title, text: whole };
  const { document: inner } = parseHTML(`<html><body>${article.content}</body></html>`);
  return { title: article.title || title, text: plainText(textOf(inner.body)) || whole };
}
