import type { Reading } from "../../../src/core/task.ts";
import { plainMarks } from "../../../src/core/words/written-number.ts";
import type { Told } from "./number-form.ts";

const YES = new Set(
  "yes y true t 1 on ja j oui o si sí s sim da yeah yep x ✓ ✔ checked".split(" "),
);
const NO = new Set("no n false f 0 off nein non não nao nope нет ✗ ✘ unchecked".split(" "));

/** Yes and no where a column spells them in more than two ways; null where it holds anything else. */
export function flagForm(texts: readonly Told[]): Reading["written"] {
  if (texts.length < 3 || texts.length > 40) return null;
  const spelled = [...new Set(texts.map(([text]) => plainMarks(text)))];
  const yes = spelled.filter((text) => YES.has(text));
  const no = spelled.filter((text) => NO.has(text));
  const isWhole = yes.length + no.length === spelled.length && yes.length > 0 && no.length > 0;
  const isNumber = spelled.every((text) => /^[01]$/.test(text));
  return isWhole && !isNumber ? { as: "flag", yes, no } : null;
}
