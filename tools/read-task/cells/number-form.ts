import type { WrittenNumber } from "../../../src/core/task.ts";
import {
  CLOCK,
  hoursIn,
  type NumberPiece,
  numberPieces,
} from "../../../src/core/words/written-number.ts";
import { areWellFormed, digitMarks } from "./digit-marks.ts";
import { areCounts, sizesOf } from "./units.ts";

/** A text of a column, and in how many of its rows it stands. */
export type Told = readonly [text: string, rows: number];

export interface NumberForm {
  written: WrittenNumber;
  /** How numbers are written, in words; empty where they stand plainly. */
  words: string;
  /** Texts that are no numbers so written. */
  rest: Told[];
}

/** More units than this in a column are no units. */
const MOST_UNITS = 8;
/** A unit that fewer of the rows have is a slip. */
const SHARE_OF_UNITS = 0.005;

interface Parsed {
  told: Told;
  pieces: readonly NumberPiece[];
  currency: string;
}

/** How a column writes numbers, decided by all of its texts; null where they are not numbers. */
export function numberForm(texts: readonly Told[], delimiter: string): NumberForm | null {
  const clock = texts.filter(([text]) => !Number.isNaN(hoursIn(text)));
  if (clock.length > texts.length * 0.8) return clockForm(texts);
  const parsed: Parsed[] = [];
  const rest: Told[] = [];
  for (const told of texts) {
    const found = numberPieces(told[0]);
    if (found === null) rest.push(told);
    else parsed.push({ told, ...found });
    // Names and sentences show early that they are no numbers.
    if (rest.length > 60 && rest.length > parsed.length) return null;
  }
  const digits = parsed.flatMap(({ pieces }) => pieces.map((piece) => piece.digits));
  const marks = digitMarks(digits, delimiter);
  const sound = parsed.filter(({ pieces }) =>
    pieces.every((piece) => areWellFormed(piece.digits, marks)),
  );
  const units = unitsOf(sound);
  if (units === null) return null;
  const fits = ({ pieces }: Parsed) => pieces.every(({ unit }) => unit in units.sizes);
  const taken = sound.filter(fits);
  const lost = parsed.filter((one) => !taken.includes(one)).map(({ told }) => told);
  const { decimal, thousands } = marks;
  const written = { as: "number", decimal, thousands, units: units.sizes, keeps: null } as const;
  const [example] = taken
    .map(({ told }) => told[0])
    .filter((text) => !/^[-+]?\d*\.?\d+$/.test(text.trim()));
  const words = [
    ...units.words,
    ...(decimal === "," ? ["comma for decimals"] : []),
    ...(thousands === ""
      ? []
      : [
          `${named(thousands)} for thousands${marks.isGuess && thousands.includes(",") ? " (no value tells)" : ""}`,
        ]),
  ];
  return {
    written: units.isKept ? { ...written, keeps: "unit" } : written,
    words:
      example === undefined
        ? ""
        : [`written as ${JSON.stringify(example.slice(0, 40))}`, ...words].join(", "),
    rest: [...rest, ...lost],
  };
}

const named = (marks: string): string =>
  [...marks]
    .map((mark) => ({ ",": "comma", ".": "dot", "'": "apostrophe", " ": "space" })[mark] ?? mark)
    .join(" or ");

const clockForm = (texts: readonly Told[]): NumberForm => ({
  written: { as: "number", decimal: ".", thousands: "", units: { [CLOCK]: 1 }, keeps: null },
  words: `written as ${JSON.stringify(texts[0]?.[0] ?? "")}: hours with minutes, read as hours`,
  rest: texts.filter(([text]) => Number.isNaN(hoursIn(text))),
});

interface Units {
  sizes: Record<string, number>;
  words: string[];
  /** Whether the unit must be kept beside the number. */
  isKept: boolean;
}

/** What the units are multiplied by; null where they are no units but words. */
function unitsOf(parsed: readonly Parsed[]): Units | null {
  const rows = new Map<string, number>();
  const money = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, count: number) =>
    to.set(key, (to.get(key) ?? 0) + count);
  let all = 0;
  for (const { told, pieces, currency } of parsed) {
    all += told[1];
    add(money, currency, told[1]);
    for (const { unit } of pieces) add(rows, unit, told[1]);
  }
  const byRows = [...rows].filter(([unit]) => unit !== "").toSorted(([, a], [, b]) => b - a);
  const named = byRows.map(([unit]) => unit);
  const common = byRows.filter(([, count]) => count >= Math.max(2, all * SHARE_OF_UNITS));
  // A rare unit is one when it goes with the others, and else a slip.
  const isOneKind = named.length <= MOST_UNITS && sizesOf(named, false) !== null;
  const units = isOneKind ? named : common.map(([unit]) => unit);
  const currencies = [...money.keys()].filter((one) => one !== "");
  const isMoney = currencies.length > 0;
  const moneyWords = isMoney ? [`in ${currencies.slice(0, 4).join(" and ")}`] : [];
  const isKept = currencies.length > 1;
  const keptWords = isKept ? ["amounts not converted, the currency is kept beside them"] : [];
  if (units.length === 0) return { sizes: { "": 1 }, words: [...moneyWords, ...keptWords], isKept };
  if (units.length > MOST_UNITS) return null;
  const hasBare = rows.has("");
  const prefersCounts = isMoney || (hasBare && units.length === 1 && units[0] === "k");
  const sizes = sizesOf(units, prefersCounts);
  if (sizes !== null && areCounts(units, prefersCounts)) {
    const words = [...moneyWords, ...keptWords, `${units.join(", ")} multiplied out`];
    return { sizes: { "": 1, ...Object.fromEntries(sizes) }, words, isKept };
  }
  const [main = ""] = units;
  const several = parsed.some(({ pieces }) => pieces.length > 1);
  if (units.length === 1 || sizes !== null) {
    const size = sizes?.get(main) ?? 1;
    const scaled = units.map((unit) => [unit, (sizes?.get(unit) ?? size) / size] as const);
    const words = units.length === 1 ? [`in ${main}`] : [`${units.join(", ")} read as ${main}`];
    const bare = hasBare ? [`numbers without a unit taken as ${main}`] : [];
    return {
      sizes: { "": 1, ...Object.fromEntries(scaled) },
      words: [...moneyWords, ...keptWords, ...words, ...bare],
      isKept,
    };
  }
  if (several) return null;
  return {
    sizes: Object.fromEntries(["", ...units].map((unit) => [unit, 1])),
    words: [
      ...moneyWords,
      `in ${units.join(", ")}: not converted, the unit is kept beside the number`,
    ],
    isKept: true,
  };
}
