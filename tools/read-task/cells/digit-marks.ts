/** How often a mark was seen that can only stand between groups of digits, only before decimals, or for either. */
interface Seen {
  groups: number;
  decimals: number;
  either: number;
}

export interface DigitMarks {
  decimal: "." | ",";
  thousands: string;
  /** Whether no value tells what the comma is for. */
  isGuess: boolean;
}

const MARKS = [",", ".", "'", " "];

/** Decides by all of a column's numbers which mark is for decimals and which for thousands; the file's delimiter where no number tells. */
export function digitMarks(numbers: readonly string[], delimiter: string): DigitMarks {
  const seen = new Map(MARKS.map((mark) => [mark, { groups: 0, decimals: 0, either: 0 }]));
  for (const digits of numbers) look(digits, seen);
  const of = (mark: string): Seen => seen.get(mark) ?? { groups: 0, decimals: 0, either: 0 };
  const [comma, dot] = [of(","), of(".")];
  const isOpen = comma.groups + comma.decimals === 0 && comma.either > 0;
  const commaIsDecimal = isOpen
    ? dot.groups > 0 || (dot.decimals === 0 && delimiter === ";")
    : comma.decimals > comma.groups;
  const dotIsGroup =
    commaIsDecimal && dot.decimals === 0 ? dot.groups + dot.either > 0 : dot.groups > dot.decimals;
  const thousands = [
    commaIsDecimal || comma.groups + comma.either === 0 ? "" : ",",
    dotIsGroup ? "." : "",
    ...["'", " "].filter((mark) => of(mark).groups > 0),
  ].join("");
  return {
    decimal: commaIsDecimal || dotIsGroup ? "," : ".",
    thousands,
    isGuess: isOpen && dot.groups + dot.decimals === 0,
  };
}

function look(digits: string, seen: ReadonlyMap<string, Seen>): void {
  const marks = [...digits.replace(/[0-9]/g, "")];
  const [first] = marks;
  const last = marks.at(-1);
  const count = (mark: string | undefined, as: keyof Seen) => {
    const found = seen.get(mark ?? "");
    if (found !== undefined) found[as] += 1;
  };
  if (first === undefined) return;
  if (first !== last) {
    count(first, "groups");
    count(last, "decimals");
    return;
  }
  const [before = "", after = ""] = digits.split(first);
  if (marks.length > 1 || first === "'" || first === " ") count(first, "groups");
  else if (after.length !== 3 || before.length > 3 || /^0?$/.test(before)) count(first, "decimals");
  else count(first, "either");
}

/** Whether the digits stand in groups as the marks want it. */
export function areWellFormed(digits: string, { decimal, thousands }: DigitMarks): boolean {
  const [whole = "", fraction = "", more] = digits.split(decimal);
  if (more !== undefined) return false;
  const other = decimal === "," && thousands.indexOf(".") < 0 ? /^[0-9]*[.][0-9]+$/ : /^$/;
  if (other.test(digits)) return true;
  const groups = whole.split(thousands === "" ? "\u0000" : new RegExp(`[${thousands}]`));
  const grouped =
    groups.length === 1 ||
    (/^[0-9]{1,3}$/.test(groups[0] ?? "") &&
      groups.slice(1, -1).every((group) => /^[0-9]{2,3}$/.test(group)) &&
      /^[0-9]{3}$/.test(groups.at(-1) ?? ""));
  return grouped && /^[0-9]*$/.test(fraction) && /^[0-9]*$/.test(groups.join(""));
}
