import { occurrences } from "./occurrences.ts";
import { SCORE_MARKER } from "./score.ts";

/** A stretch of a script, found by `locateBlock`; `start` is its offset, so that a repeated text is still one place. */
export interface Block {
  text: string;
  start: number;
}

const OPENING = /^([ \t]*)(`{3,}|~{3,})[ \t]*\{?\.?([\w+-]*)/;
/** After prose on the same line only a fence that says Python opens a block. */
const LATE_OPENING = /(?<!`)()(`{3,})[ \t]*(python3?|py)[ \t]*$/i;
const PYTHON = /^(?:python3?|py|ipython)$/i;

/**
 * The Python code of an answer: the longest fenced block labelled Python, else the longest without a label, else null.
 * A missing closing fence is forgiven, trailing white space is dropped, indentation is kept.
 */
export function pythonBlock(answer: string): string | null {
  const blocks = fencedBlocks(answer);
  const python = blocks.filter(({ language }) => PYTHON.test(language));
  const candidates = python.length > 0 ? python : blocks.filter(({ language }) => language === "");
  const longest = candidates.reduce(
    (most, { code }) => (code.length > most.length ? code : most),
    "",
  );
  return longest.trim() === "" ? null : longest;
}

/** All fenced blocks in order, less the indentation of their fences. */
function fencedBlocks(answer: string): { language: string; code: string }[] {
  const blocks: { language: string; fence: string; indent: string; lines: string[] }[] = [];
  let isOpen = false;
  for (const line of answer.split(/\r?\n/)) {
    const current = isOpen ? blocks.at(-1) : undefined;
    if (current && line.trim() !== "" && isClosing(line.trim(), current.fence)) {
      isOpen = false;
      continue;
    }
    const [, indent = "", fence = "", language = ""] = openingOf(line);
    if (fence !== "" && (current === undefined || PYTHON.test(language))) {
      blocks.push({ language, fence, indent, lines: [] });
      isOpen = true;
    } else if (current) {
      current.lines.push(
        line.startsWith(current.indent) ? line.slice(current.indent.length) : line,
      );
    }
  }
  return blocks.map(({ language, fence, lines }) => {
    const code = lines.join("\n").trimEnd();
    return { language, code: code.endsWith(fence) ? code.slice(0, -fence.length).trimEnd() : code };
  });
}

/** Where a backtick follows what would open a block, it is code within a line. */
function openingOf(line: string): readonly string[] {
  const opening = OPENING.exec(line);
  if (opening !== null && !line.includes("`", opening[0].length)) return opening;
  return LATE_OPENING.exec(line) ?? [];
}

const isClosing = (text: string, fence: string): boolean =>
  text.startsWith(fence) && text.replaceAll(fence.charAt(0), "") === "";

/**
 * Finds the one place of a script that a model means: a unique exact match, else a unique match that forgives white
 * space, else the line range it named, which also decides between several matches. Null when the text is empty,
 * absent or stands in several places. The block begins with the indentation of its first line.
 */
export function locateBlock(
  script: string,
  text: string,
  lines?: { first: number; last: number } | null,
): Block | null {
  const wanted = text.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
  if (wanted !== "") {
    const exact = exactMatches(script, wanted);
    const found = exact.length > 0 ? exact : tolerantMatches(script, wanted);
    const [only, ...others] =
      lines && found.length > 1 ? onLine(script, found, lines.first) : found;
    if (only !== undefined && others.length === 0)
      return fromIndentation(script, only.start, only.end);
  }
  return lines ? lineRange(script, lines.first, lines.last) : null;
}

interface Match {
  start: number;
  end: number;
}

/** Every place where the text stands, overlapping ones too, without cutting a name in two. */
function exactMatches(script: string, text: string): Match[] {
  const cutsName = (offset: number) => /^\w\w$/.test(script.slice(offset - 1, offset + 1));
  return [...occurrences(script, text)]
    .map((start) => ({ start, end: start + text.length }))
    .filter(({ start, end }) => !cutsName(start) && !cutsName(end));
}

/** Every place where the same words stand with other white space between them. */
function tolerantMatches(script: string, text: string): Match[] {
  const words = [...script.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ word, index }));
  const wanted = text.trim().split(/\s+/);
  const all = words.map(({ word }) => word);
  return [...occurrences(all, wanted)].flatMap((place) => {
    const [first, last] = [words[place], words[place + wanted.length - 1]];
    return first && last ? [{ start: first.index, end: last.index + last.word.length }] : [];
  });
}

/** Those that begin on a line, counted from 1. */
function onLine(script: string, matches: readonly Match[], line: number): Match[] {
  if (line < 1) return [];
  const from = startOfLine(script.split("\n"), line);
  const next = script.indexOf("\n", from);
  const to = next === -1 ? script.length : next;
  return matches.filter(({ start }) => start >= from && start <= to);
}

function fromIndentation(script: string, start: number, end: number): Block {
  const lineStart = script.lastIndexOf("\n", start - 1) + 1;
  const from = script.slice(lineStart, start).trim() === "" ? lineStart : start;
  return { start: from, text: script.slice(from, end) };
}

const startOfLine = (lines: readonly string[], line: number): number =>
  lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);

/** `first` and `last` are line numbers from 1, both included. */
function lineRange(script: string, first: number, last: number): Block | null {
  const lines = script.split("\n");
  if (first < 1 || last < first || last > lines.length) return null;
  const text = lines.slice(first - 1, last).join("\n");
  return text.trim() === "" ? null : { text, start: startOfLine(lines, first) };
}

export type Swap = { script: string } | { problem: string };

/**
 * Replaces one located block: the only way code enters a script. An empty replacement, a block that is not where it
 * was found, or a swap that changes nothing is a problem in one sentence, never a silent success. A replacement
 * written at the margin is moved to the block's indentation.
 */
export function swapBlock(script: string, block: Block, replacement: string): Swap {
  if (block.text.trim() === "") return { problem: "the block to replace is empty" };
  if (script.slice(block.start, block.start + block.text.length) !== block.text)
    return { problem: "the block to replace is not in the script" };
  if (replacement.trim() === "") return { problem: "the replacement is empty" };
  const swapped =
    script.slice(0, block.start) +
    indentedLike(block.text, replacement) +
    script.slice(block.start + block.text.length);
  if (swapped === script) return { problem: "the replacement changes nothing" };
  return { script: swapped };
}

function indentedLike(block: string, replacement: string): string {
  const [indent = ""] = /^[ \t]*/.exec(block) ?? [];
  if (indent === "" || !/^\S/.test(replacement)) return replacement;
  const [first = "", second = ""] = replacement.split(/\r?\n/).filter((line) => line.trim() !== "");
  // Deeper than a line that opens nothing: only the first line lost its indentation.
  const isFirstLineOnly = second.startsWith(indent) && !/[:([{,\\]\s*(?:#|$)/.test(first);
  if (isFirstLineOnly) return indent + replacement;
  return replacement.replace(/^(?=[^\r\n])/gm, () => indent);
}

/** Where a block is after it was swapped; the whole script where other parts of it have changed, too. */
export function blockAfter(before: string, block: Block, after: string): Block {
  const { start, text } = block;
  const tail = before.slice(start + text.length);
  const isThere = after.startsWith(before.slice(0, start)) && after.endsWith(tail);
  const end = after.length - tail.length;
  if (!isThere || end <= start) return { start: 0, text: after };
  return { start, text: after.slice(start, end) };
}

/**
 * The script with a model's answer in place of the block. Asked for the block, a model sometimes answers with the whole
 * script; its score line gives it away.
 */
export const rewritten = (script: string, block: Block, replacement: string): Swap =>
  replacement.includes(SCORE_MARKER) && !block.text.includes(SCORE_MARKER) && replacement !== script
    ? { script: replacement }
    : swapBlock(script, block, replacement);
