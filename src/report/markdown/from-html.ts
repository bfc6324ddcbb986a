import { parseHTML } from "linkedom";
import { fenceAround } from "../../core/words/fence-around.ts";
import type { Html } from "../html/html.ts";
import { visible } from "../visible.ts";

/** A part of a parsed page; texts have neither parts nor attributes. */
interface Part {
  nodeName: string;
  textContent: string | null;
  childNodes: ArrayLike<Part>;
  getAttribute?(name: string): string | null;
}

/** What a part of the page says, as Markdown: without its looks, and without what only a screen can show. */
export function markdownOf({ text }: Html): string {
  const { document } = parseHTML(`<html><body>${text}</body></html>`);
  return blocksOf(partsOf(document.body)).join("\n\n");
}

/** Text without power over Markdown or the HTML in it, on one line. */
export const escaped = (text: string): string =>
  visible(text)
    .replace(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]#|~!>]/g, "\\$&")
    .replace(/\b(https?|ftp):/gi, "$1&#58;")
    .replace(/\bwww\./gi, "www&#46;");

/** Text as a code block whose fence no line of it can close. */
export function codeBlock(text: string, language: string): string {
  const fence = fenceAround(text);
  return `${fence}${language}\n${visible(text).trimEnd()}\n${fence}`;
}

const partsOf = (part: Part): Part[] => Array.from(part.childNodes);
const inside = (part: Part, names: RegExp) =>
  partsOf(part).filter(({ nodeName }) => names.test(nodeName));
const classOf = (part: Part) => part.getAttribute?.("class") ?? "";

const BLOCK = /^(?:H[1-6]|P|DIV|ARTICLE|DETAILS|SUMMARY|UL|OL|DL|PRE|TABLE)$/;
const ON_SCREEN_ONLY = /^(?:screen-only|refinement|drawn)$/;

/** Blocks one after another; what stands between them in a line is a paragraph. */
function blocksOf(parts: readonly Part[]): string[] {
  const blocks: string[] = [];
  let line: Part[] = [];
  const endLine = () => {
    // At the beginning of a line these would begin a list.
    const text = inLine(line)
      .trim()
      .replace(/^[-+=]/, "\\$&")
      .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
    if (text !== "") blocks.push(text);
    line = [];
  };
  for (const part of parts) {
    if (!BLOCK.test(part.nodeName)) line.push(part);
    else {
      endLine();
      if (!ON_SCREEN_ONLY.test(classOf(part))) blocks.push(...blockOf(part));
    }
  }
  endLine();
  return blocks;
}

function blockOf(part: Part): string[] {
  const [parts, { nodeName: name }] = [partsOf(part), part];
  if (/^H\d$/.test(name)) return [`${"#".repeat(Number(name[1]))} ${inLine(parts).trim()}`];
  if (/^[UOD]L$/.test(name))
    return [
      inside(part, /^(?:LI|DIV)$/)
        .map(itemOf)
        .join("\n"),
    ];
  if (name === "PRE")
    return [codeBlock(part.textContent ?? "", part.getAttribute?.("data-language") ?? "")];
  return name === "TABLE" ? [tableOf(part)] : blocksOf(parts);
}

const itemOf = (item: Part) =>
  `- ${blocksOf(partsOf(item))
    .join("\n\n")
    .replaceAll(/\n(?=.)/g, "\n  ")}`;

function tableOf(table: Part): string {
  const rows = partsOf(table).flatMap((part) => inside(part, /^TR$/));
  const [head = [], ...body] = rows.map((row) =>
    inside(row, /^T[HD]$/).map((cell) => lineOf(cell).trim()),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}

const inLine = (parts: readonly Part[]): string => parts.map(lineOf).join("");

/** A part in one line; only files of the run are linked, for no other address is the same elsewhere. */
function lineOf(part: Part): string {
  if (part.nodeName === "#text") return escaped(part.textContent ?? "");
  if (part.nodeName === "BR") return " ";
  const line = partsOf(part)
    .map(lineOf)
    .join(classOf(part) === "evidence" ? " " : "");
  if (line.trim() === "") return line;
  if (classOf(part).startsWith("badge")) return `(${line})`;
  const address = part.getAttribute?.("href") ?? "";
  if (/^(?:attempts|best|report)[/.]/.test(address))
    return `[${line}](${address.replaceAll("(", "%28").replaceAll(")", "%29")})`;
  if (part.nodeName === "DT") return `**${line}**: `;
  return /^(?:B|STRONG)$/.test(part.nodeName) ? `**${line.trim()}**` : line;
}
