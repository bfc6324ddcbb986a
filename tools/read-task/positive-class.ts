import type { Target } from "../../src/core/task.ts";
import { sameCell } from "./cells/cell.ts";
import type { ColumnProfile } from "./column-profile.ts";
import type { Fixed } from "./task-yaml.ts";

const YES = /^(?:yes|y|true|t|positive|pos|present|abnormal|malignant|fraud|failed|failure|sick)$/i;
const NO =
  /^(?:no|n|false|f|negative|neg|absent|normal|benign|legitimate|ok|passed|healthy|none|0|0\.0|-1)$/i;

/** Words behind which the class stands that a probability is asked for. */
const ASKED = [
  /\bpositive class\b(.*)/gi,
  /\b(?:probabilit(?:y|ies)|likelihood|chance|risk|odds|how likely)\b(.*)/gi,
];
const WHETHER = /\b(?:whether|predict if|detect)\b(.*)/gi;

/** Of two classes the one that a single probability speaks of, and what speaks for it; null for other targets. */
export function positiveClass(
  { kind, classes }: Target,
  seen: {
    values: Pick<ColumnProfile, "counts">;
    /** Columns of the submission that hold predictions. */
    columns: readonly string[];
    description: string;
    fixed: Pick<Fixed, "positive" | "said">;
  },
): { value: string; reason: string } | null {
  const { fixed, columns, description } = seen;
  const [one, other] = classes;
  if (kind !== "binary" || one === undefined || other === undefined) return null;
  const wanted = fixed.positive;
  if (wanted !== undefined) {
    const value = classes.find((name) => sameCell(name, wanted));
    if (value !== undefined) return { value, reason: `from ${fixed.said("positive")}` };
  }
  const names = [namesOf(one, description), namesOf(other, description)] as const;
  const of = (first: boolean) => (first ? one : other);
  const [column, ...more] = columns;
  if (column !== undefined && more.length === 0) {
    const first = earlier(names, column.replace(/([a-z0-9])([A-Z])|_/g, "$1 $2"), "alone");
    if (first !== null) return { value: of(first), reason: `from the column "${column}"` };
  }
  for (const [patterns, how] of [
    [ASKED, "first"],
    [[WHETHER], "alone"],
  ] as const)
    for (const pattern of patterns)
      for (const [phrase, rest = ""] of sentences(description).matchAll(pattern)) {
        const first = earlier(names, rest, how);
        if (first !== null)
          return { value: of(first), reason: `the description says "${shortened(phrase)}"` };
      }
  const [isOne, isOther] = [usual(one, other), usual(other, one)];
  if (isOne !== isOther)
    return { value: of(isOne), reason: `by what such classes are usually called` };
  const counted = (name: string) =>
    [...seen.values.counts].reduce((sum, [cell, n]) => sum + (sameCell(cell, name) ? n : 0), 0);
  return {
    value: of(counted(one) < counted(other)),
    reason: "a guess, since nothing names it: the rarer class",
  };
}

const usual = (name: string, other: string) =>
  (YES.test(name) && !YES.test(other)) || (NO.test(other) && !NO.test(name));

const MOST_MEANINGS = 20;

/** Patterns that a text means the class by: its own name, and what the description says that it stands for ("1 = malignant"). */
function namesOf(name: string, description: string): RegExp[] {
  const own = name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  // Numbers and single letters mean something else in most places.
  const isPlain = /^[\p{L}][\p{L}\p{N} _-]{2,}$/u.test(name);
  const named = isPlain
    ? `(?<![\\p{L}\\p{N}])${own}(?![\\p{L}\\p{N}])`
    : `(?:(?:class|label|value|=)\\s*|[\`"'(])["'\`]?${own}(?![\\p{L}\\p{N}.])|^\\s*(?:(?:p|prob|proba|probability|class|is)\\s*)?${own}\\s*$`;
  const value = `["'\`]?${own}["'\`]?`;
  const meanings = [
    `(?<![\\p{L}\\p{N}.])${value}\\s*(?:=|:|means|stands for)\\s*["'\`]?(\\p{L}{4,})`,
    `(?<!\\p{L})(\\p{L}{4,})["'\`]?\\s*(?:=|is coded as|as)\\s*${value}(?![\\p{L}\\p{N}.])`,
    `(?<!\\p{L})(\\p{L}{4,})["'\`]?\\s*\\(${value}\\)`,
  ].flatMap((form) =>
    [...description.matchAll(new RegExp(form, "giu"))].map(([, word = ""]) => word),
  );
  const words = [...new Set(meanings)]
    .slice(0, MOST_MEANINGS)
    .map((word) => `(?<!\\p{L})${word}(?!\\p{L})`);
  return [named, ...words].map((pattern) => new RegExp(pattern, "iu"));
}

/** Whether the first of the two is meant, the one that is named earlier or alone; null when neither is. */
function earlier(
  [first, second]: readonly [RegExp[], RegExp[]],
  text: string,
  how: "first" | "alone",
): boolean | null {
  const placeIn = (names: readonly RegExp[]) =>
    Math.min(...names.map((name) => name.exec(text)?.index ?? Number.POSITIVE_INFINITY));
  const [one, other] = [placeIn(first), placeIn(second)];
  if (one === other) return null;
  return how === "first" || Math.max(one, other) === Number.POSITIVE_INFINITY ? one < other : null;
}

/** A sentence to a line, so that a phrase ends with it. */
const sentences = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim() || "\n")
    .join(" ")
    .replace(/(?<=[.!?;])\s+/g, "\n");

const shortened = (phrase: string): string =>
  phrase.length > 80 ? `${phrase.slice(0, 77).trim()}...` : phrase.trim().replace(/[.:,;]$/, "");
