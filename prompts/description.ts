import { oneLine } from "./excerpt.ts";

interface Section {
  /** Of its heading; 7 for a line in bold type, 0 for what stands before the first. */
  level: number;
  heading: string;
  lines: string[];
}

/** What such a section says never defines task, data or metric. */
const BESIDE = [
  ...["prizes?", "awards?", "rewards?", "prizes and awards", "prize money", "sponsors?"],
  ...["licen[cs]es?", "licensing", "data licen[cs]e", "dataset licen[cs]e"],
  ...["citations?", "how to cite", "cite", "cite this competition", "bibtex"],
  ...["acknowledge?ments?", "acknowledge?ments? and citations?", "thanks"],
];
/** Such a section is left out only if nothing in it speaks of task, data or metric. */
const OFTEN_BESIDE = [
  ...["rules", "(?:competition|official|contest) rules", "terms(?: and conditions)?"],
  ...["time ?line", "(?:important|key) dates", "dates", "schedule", "deadlines?", "eligibility"],
];
const whole = (names: readonly string[]) => new RegExp(`^(?:${names.join("|")})$`, "i");
const [SURELY, PERHAPS] = [whole(BESIDE), whole([...BESIDE, ...OFTEN_BESIDE])];

const DEFINES =
  /\b(?:metric|evaluat\w*|scor(?:e[sd]?|ing)|predict\w*|forecast\w*|classif\w*|targets?|labels?|columns?|features?|rows?|csv|files?|train(?:ing)?|test set|test data)\b/i;

/** The description without sections on prizes, rules, dates, licences, citations and thanks: what defines the task stays, in doubt all of it. */
export function cleaned(description: string): string {
  let leftOut: number | null = null;
  const [before, ...sections] = sectionsOf(description);
  const isTitled = before?.lines.every((line) => line.trim() === "") === true;
  const kept = sections.filter(({ level, heading, lines }, index) => {
    // The first heading of all names the task, whatever it is called.
    if (isTitled && index === 0) return true;
    const name = heading.replaceAll(/[^\p{L}& ]/gu, " ").replaceAll("&", "and");
    const title = name.replaceAll(/\s+/g, " ").trim();
    const defines = DEFINES.test(lines.join("\n"));
    const isBelow = leftOut !== null && level > leftOut;
    const isBeside = level < 7 && SURELY.test(title);
    if (isBeside || (!defines && (isBelow || PERHAPS.test(title)))) {
      leftOut = isBelow ? leftOut : level;
      return false;
    }
    if (!isBelow) leftOut = null;
    return true;
  });
  return [...(before?.lines ?? []), ...kept.flatMap(({ lines }) => lines)].join("\n").trim();
}

function sectionsOf(description: string): Section[] {
  const sections: Section[] = [{ level: 0, heading: "", lines: [] }];
  const lines = description.split(/\r?\n/);
  let fence: string | null = null;
  for (const [index, line] of lines.entries()) {
    const [mark = null] = /^ {0,3}(?:```+|~~~+)/.exec(line) ?? [];
    if (mark !== null) fence = fence === null ? mark.trim().slice(0, 3) : null;
    const found = fence === null ? headingOf(line, lines[index + 1] ?? "") : null;
    if (found !== null) sections.push({ ...found, lines: [] });
    sections.at(-1)?.lines.push(line);
  }
  return sections;
}

function headingOf(line: string, next: string): Omit<Section, "lines"> | null {
  const [, marks, title = ""] = /^ {0,3}(#{1,6})\s+(\S.*)$/.exec(line) ?? [];
  if (marks !== undefined)
    return { level: marks.length, heading: title.replace(/(?<!#)#+$/, "").trimEnd() || title };
  const [, depth, inTag = ""] = /^\s*<h([1-6])[^>]*>(.*?)<\/h\1>\s*$/i.exec(line) ?? [];
  if (depth !== undefined) return { level: Number(depth), heading: inTag };
  const isText = /^\S/.test(line) && !/^[-*+>|]|^\d+[.)]/.test(line);
  if (isText && /^={3,}\s*$/.test(next)) return { level: 1, heading: line };
  if (isText && /^-{3,}\s*$/.test(next)) return { level: 2, heading: line };
  const [, bold] = /^\s*(?:\*\*|__)([^*_]+)(?:\*\*|__):?\s*$/.exec(line) ?? [];
  return bold === undefined ? null : { level: 7, heading: bold };
}

const ASKS =
  "predict|forecast|estimate|classify|detect|identify|determine|recogni[sz]e|segment|rank|recommend|translate|distinguish|localize|label|assign|tell|find";
const STATES = [
  new RegExp(
    `^(?:please )?(?:${ASKS})\\b|\\b(?:you|participants|competitors|kagglers|we|task|goal|objective|aim|challenge|problem)\\b.{0,120}\\b(?:${ASKS}|predicting|classifying|forecasting|detecting)\\b`,
    "i",
  ),
  /\b(?:build|develop|create|train|design)\b.{0,40}\b(?:model|algorithm|classifier|system)\b/i,
  new RegExp(`\\b(?:${ASKS}(?:s|ing)?|prediction of)\\b`, "i"),
];

/** The sentence that states the task: not its heading, and not what leads up to it. */
export function goalOf(description: string): string {
  const sections = sectionsOf(cleaned(description));
  const sentences = sections.flatMap(({ heading, lines }) => {
    const text = lines.slice(heading === "" ? 0 : 1).filter((line) => !/^[=-]{3,}\s*$/.test(line));
    return sentencesOf(text.join("\n"));
  });
  const stating = STATES.flatMap((form) => sentences.find((one) => form.test(one)) ?? []);
  const [title = ""] = sections.flatMap(({ heading }) => heading || []);
  return oneLine(stating[0] ?? sentences[0] ?? title, 300);
}

const sentencesOf = (text: string): string[] =>
  text
    .replaceAll(/```[\s\S]*?(?:```|$)/g, "\n\n")
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|(?<=[.!?])\s+(?=[\p{Lu}"'`([*_])/u)
    .map((sentence) => sentence.replaceAll(/\*+|^\s*[-+>]\s+/g, "").trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence) && !sentence.startsWith("|"));
