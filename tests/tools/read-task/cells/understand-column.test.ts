import { describe, expect, test } from "vitest";
import { momentWritten } from "../../../../src/core/words/written-date.ts";
import { numberWritten } from "../../../../src/core/words/written-number.ts";
import { understandColumn } from "../../../../tools/read-task/cells/understand-column.ts";

const understood = (
  cells: readonly string[],
  { name = "x", delimiter = ",", dates = undefined as "day-first" | undefined } = {},
) => {
  const rows = Map.groupBy(cells, (cell) => cell);
  const texts = [...rows].map(([text, same]) => [text, same.length] as const);
  return understandColumn({ name, texts, delimiter, dates });
};

/** The cells as the column is read: numbers, days of Greenwich, or null. */
const read = (cells: readonly string[], options: Parameters<typeof understood>[1] = {}) => {
  const { kind, reading } = understood(cells, options);
  const values = cells.map((cell) => {
    const written = reading?.written;
    if (reading?.missing.includes(cell)) return null;
    if (written?.as === "number") {
      const value = numberWritten(cell, written);
      return Number.isNaN(value) ? null : Number(value.toPrecision(12));
    }
    if (written?.as === "date") {
      const value = momentWritten(cell, written);
      return Number.isNaN(value)
        ? null
        : new Date(value).toISOString().replace(/T00:00:00.000Z|:00.000Z$/, "");
    }
    return cell;
  });
  return { kind, values, words: reading?.words ?? "" };
};

describe("numbers", () => {
  test.each([
    [["$1,234.50", "$950", "-$12.25"], [1234.5, 950, -12.25], /in \$.*comma for thousands/],
    [
      ["1.234,50 €", "950,00 €", "12 €"],
      [1234.5, 950, 12],
      /comma for decimals.*dot for thousands/,
    ],
    [["CHF 1'250.00", "CHF 80.50"], [1250, 80.5], /in chf.*apostrophe for thousands/],
    [["1 250,5", "80,25"], [1250.5, 80.25], /comma for decimals.*space for thousands/],
    [["12 kg", "3.5kg", "7 KG"], [12, 3.5, 7], /in kg/],
    [["12 kg", "500 g", "8 kg", "250 g", "9 kg"], [12, 0.5, 8, 0.25, 9], /read as kg/],
    [["3.5k", "800", "1.2M", "2k"], [3500, 800, 1_200_000, 2000], /multiplied out/],
    [["$3.5m", "$800k"], [3_500_000, 800_000], /multiplied out/],
    [["12 %", "7.5%", "100 %"], [12, 7.5, 100], /in %/],
    [["5 ft 11 in", "6 ft 2 in"], [5 + 11 / 12, 6 + 2 / 12], /read as ft/],
    [["1h 30m", "45m", "2h"], [1.5, 0.75, 2], /read as h/],
    [["(1,200)", "300"], [-1200, 300], /comma for thousands/],
    [["<0.5", "1.25", ">9.0"], [0.5, 1.25, 9], /written as/],
    [["1st", "2nd", "13th"], [1, 2, 13], /written as/],
    [["14:30", "2:15 pm", "08:00:36"], [14.5, 14.25, 8.01], /read as hours/],
    [["1.5", "2,5", "3.25"], [1.5, 2.5, 3.25], /comma for decimals/],
    [["1,234", "5,678"], [1234, 5678], /comma for thousands \(no value tells\)/],
    [["1.234.567", "2.500"], [1_234_567, 2500], /dot for thousands/],
  ])("%j are %j", (cells, values, words) => {
    expect(read(cells)).toEqual({
      kind: "number",
      values: values.map((value) => Number(value.toPrecision(12))),
      words: expect.stringMatching(words),
    });
  });

  test("a file of semicolons has commas for decimals where no value tells", () => {
    expect(read(["1,234", "5,678"], { delimiter: ";" }).values).toEqual([1.234, 5.678]);
  });

  test("units that cannot be converted stay beside the number", () => {
    const { kind, reading } = understood(["12 kg", "5 pcs", "7 kg", "3 pcs"]);
    expect({ kind, reading }).toMatchObject({
      kind: "number",
      reading: {
        written: { keeps: "unit" },
        words: expect.stringMatching(/kg, pcs: not converted/),
      },
    });
    expect(understood(["$5", "€7", "$9"]).reading).toMatchObject({
      written: { keeps: "unit" },
      words: expect.stringMatching(/\$ and €.*currency is kept/),
    });
  });

  test("words among many numbers are kept beside them", () => {
    const cells = [...Array.from({ length: 60 }, (_, at) => `${at}`), "few", "few", "lots"];
    expect(understood(cells)).toMatchObject({
      kind: "number",
      reading: {
        written: { keeps: "words" },
        words: expect.stringMatching(/3 cells are words \("few", "lots"\)/),
      },
    });
  });

  test.each([
    [["?", "3", "4", "?"], ["?"], /"\?" \(2\) stands for missing/],
    [["12", "unknown", "n.a.", "14"], ["unknown", "n.a."], /stand for missing/],
    [["-999", "-999", "-999", "3", "40"], ["-999"], /"-999" \(3\)/],
    [["9999", "9999", "9999", "3.5", "40"], ["9999"], /"9999" \(3\)/],
    [["$5", "$7", "-"], ["-"], /"-" \(1\)/],
  ])("of %j missing are %j", (cells, missing, words) => {
    expect(understood(cells)).toMatchObject({
      kind: "number",
      reading: { missing, words: expect.stringMatching(words) },
    });
  });

  test.each([
    [["999", "999", "999", "500", "800"], "an amount within the range"],
    [["-999", "-999", "-999", "-5000", "4000"], "an amount within the range"],
    [["9999", "3", "4"], "a single large value"],
    [["1", "2.5", "-3e2"], "plain numbers"],
    [["0123", "4567"], "digits"],
  ])("%j say what stands there: %s", (cells) => {
    expect(understood(cells)).toMatchObject({ kind: "number", reading: null });
  });

  test.each([
    [["A12", "B7", "C9"]],
    [["10.0.0.1", "10.0.0.2"]],
    [["1.2.3", "1.10.0"]],
    [["12-13", "14-15"]],
    [["555-1234", "555-9876"]],
    [
      [
        "12 Main St",
        "5 Oak Ave",
        "9 Elm Rd",
        "8 Ash Ct",
        "3 Fir Ln",
        "2 Bay Dr",
        "1 Low Sq",
        "6 Top Pl",
        "4 End Pk",
        "11 Main St",
        "15 Oak Ave",
        "19 Elm Rd",
        "18 Ash Ct",
        "13 Fir Ln",
        "12 Bay Dr",
        "21 Low Sq",
        "16 Top Pl",
        "14 End Pk",
      ],
    ],
    [["red", "green"]],
    [["1", "2", "three"]],
    [["3+", "1", "2", "0"]],
  ])("%j stay words", (cells) => {
    expect(understood(cells)).toMatchObject({ kind: null, reading: null });
  });
});

test("yes and no in many spellings are two values", () => {
  expect(understood(["Yes", "no", "Y", "N", "TRUE", "-"])).toMatchObject({
    kind: "boolean",
    reading: {
      written: { yes: ["yes", "y", "true"], no: ["no", "n"] },
      missing: ["-"],
      words: expect.stringMatching(/yes or no in 5 spellings/),
    },
  });
  expect(understood(["Yes", "No", "Maybe"])).toMatchObject({ kind: null, reading: null });
  expect(understood(["yes", "no"])).toMatchObject({ kind: null, reading: null });
});

describe("dates", () => {
  test.each([
    [
      ["31/12/2024", "01/02/2024"],
      ["2024-12-31", "2024-02-01"],
      /^day first \(1 of 2 values have a day above 12\)/,
    ],
    [["12/31/2024", "01/02/2024"], ["2024-12-31", "2024-01-02"], /^month first \(1 of 2/],
    [
      ["3/4/2024", "5/6/2024"],
      ["2024-03-04", "2024-05-06"],
      /no value tells; month first is taken \(--dates day-first/,
    ],
    [["3.4.2024", "5.6.2024"], ["2024-04-03", "2024-06-05"], /no value tells; day first is taken/],
    [
      ["01/01/2024", "01/02/2024", "01/03/2024", "01/04/2024"],
      ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"],
      /day first \(the first number is always 1\)/,
    ],
    [
      ["31/12/2024", "12/30/2024", "30/11/2024", "01/02/2024"],
      ["2024-12-31", "2024-12-30", "2024-11-30", "2024-02-01"],
      /mixed: 2 values can only be day first, 1 only month first; day first/,
    ],
    [
      ["2024-01-31", "31/01/2024", "Feb 1, 2024", "1 March 2024"],
      ["2024-01-31", "2024-01-31", "2024-02-01", "2024-03-01"],
      /in 4 forms/,
    ],
    [
      ["2024-01-31T10:00:00Z", "2024-01-31T10:00:00+02:00"],
      ["2024-01-31T10:00", "2024-01-31T08:00"],
      /2 zones \(UTC, UTC\+2\): read as moments of UTC/,
    ],
    [
      ["2024-01-31 10:00 EST", "2024-01-31 10:00"],
      ["2024-01-31T15:00", "2024-01-31T10:00"],
      /or of none, then taken for UTC/,
    ],
    [
      ["31/12/98", "01/02/05"],
      ["1998-12-31", "2005-02-01"],
      /two-digit years are 19\d\d to 20\d\d/,
    ],
    [
      ["5/13/30", "5/14/52", "5/15/75", "5/16/99"],
      ["1930-05-13", "1952-05-14", "1975-05-15", "1999-05-16"],
      /month first/,
    ],
    [["2024-03", "2024-11"], ["2024-03-01", "2024-11-01"], /such as "2024-03"/],
    [["2024Q3", "2023Q1"], ["2024-07-01", "2023-01-01"], /such as "2024Q3"/],
    [
      ["Wed, 31 Jan 2024 10:00:00 +0100", "Thu, 1 Feb 2024 10:00:00 +0100"],
      ["2024-01-31T09:00", "2024-02-01T09:00"],
      /times of UTC\+1/,
    ],
    [["31-Jan-24 2:05 PM", "1-Feb-24 12:00 AM"], ["2024-01-31T14:05", "2024-02-01"], /two-digit/],
    [["2024-02-29", "0000-00-00"], ["2024-02-29", null], /stands for missing/],
  ])("%j are %j", (cells, values, words) => {
    expect(read(cells)).toEqual({ kind: "date", values, words: expect.stringMatching(words) });
  });

  test.each([
    [
      "created_at",
      ["1706700000", "1706786400"],
      ["2024-01-31T11:20", "2024-02-01T11:20"],
      /seconds since 1970/,
    ],
    [
      "timestamp",
      ["1706700000000", "1706786400000"],
      ["2024-01-31T11:20", "2024-02-01T11:20"],
      /milliseconds since 1970/,
    ],
    [
      "sale",
      ["20240131", "20240201", "20240202", "20240203", "20231231"],
      ["2024-01-31", "2024-02-01", "2024-02-02", "2024-02-03", "2023-12-31"],
      /digits of year, month, day/,
    ],
    [
      "ts",
      ["20240131102030", "20240131112030", "20240131122030", "20240131132030", "20240131142030"],
      [
        "2024-01-31T10:20:30.000Z",
        "2024-01-31T11:20:30.000Z",
        "2024-01-31T12:20:30.000Z",
        "2024-01-31T13:20:30.000Z",
        "2024-01-31T14:20:30.000Z",
      ],
      /digits/,
    ],
    [
      "date",
      ["45322", "45323", "45324", "45325", "45330"],
      ["2024-01-31", "2024-02-01", "2024-02-02", "2024-02-03", "2024-02-08"],
      /spreadsheets/,
    ],
  ])("%s of %j are %j", (name, cells, values, words) => {
    expect(read(cells, { name })).toEqual({
      kind: "date",
      values,
      words: expect.stringMatching(words),
    });
  });

  test("a person's word decides where the cells do not", () => {
    expect(read(["3/4/2024", "5/6/2024"], { dates: "day-first" })).toMatchObject({
      values: ["2024-04-03", "2024-06-05"],
      words: "day first (as you wish)",
    });
  });

  test.each([
    ["price", ["1706700000", "1706786400"], "number"],
    ["code", ["20241331", "20240201", "20240202", "20240203", "20231231"], "number"],
    ["x", ["31/02/2024", "30/02/2024"], null],
    ["x", ["12-34-5678", "87-65-4321"], null],
  ])("%s of %j are no dates", (name, cells, kind) => {
    expect(understood(cells, { name }).kind).toBe(kind);
  });
});
