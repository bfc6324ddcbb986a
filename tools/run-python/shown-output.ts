import { SCORE_MARKER } from "../../src/core/score.ts";

const HEAD_BYTES = 16 * 1024;
const TAIL_BYTES = 48 * 1024;
const LINE_BYTES = 4096;
const MOST_ABLATION_LINES = 200;
const ABLATION_START = "\nAblation[";
const NEWLINE = 10;

/** What readers are shown of an output: its head, its tail, and of what lies between the lines that carry results. */
export function shownOutput(bytes: Buffer): string {
  const tailStart = bytes.length - TAIL_BYTES;
  const omitted = tailStart - HEAD_BYTES;
  if (omitted <= 0) return readable(bytes);
  const lines = resultLines(bytes)
    .filter(({ start, end }) => end > HEAD_BYTES && start < tailStart)
    .map(
      ({ start, end }) => `${readable(bytes.subarray(Math.max(start, end - LINE_BYTES), end))}\n`,
    );
  const gap = `\n[... ${omitted} bytes left out ...]\n${lines.join("")}`;
  return readable(bytes.subarray(0, HEAD_BYTES)) + gap + readable(bytes.subarray(tailStart));
}

/** The lines of an ablation, and the last one with a score. */
function resultLines(bytes: Buffer): { start: number; end: number }[] {
  const found: number[] = [];
  for (
    let at = bytes.indexOf(ABLATION_START);
    at !== -1 && found.length < MOST_ABLATION_LINES;
    at = bytes.indexOf(ABLATION_START, at + 1)
  )
    found.push(at + 1);
  const score = bytes.lastIndexOf(SCORE_MARKER);
  if (score !== -1) found.push(score);
  return found.toSorted((first, second) => first - second).map((at) => lineAt(bytes, at));
}

function lineAt(bytes: Buffer, at: number) {
  const end = bytes.indexOf(NEWLINE, at);
  return {
    start: at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1,
    end: end === -1 ? bytes.length : end,
  };
}

const ESCAPE = String.fromCharCode(27);
const TERMINAL_SEQUENCE = new RegExp(`${ESCAPE}\\[[0-9;?]*[ -/]*[@-~]`, "g");

function readable(bytes: Buffer): string {
  const text = new TextDecoder("utf-8").decode(bytes).replace(TERMINAL_SEQUENCE, "");
  return text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}
