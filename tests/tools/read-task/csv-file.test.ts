import { expect, test } from "vitest";
import { detectDelimiter, openCsv, openTable } from "../../../tools/read-task/csv-file.ts";
import { makeFolder } from "./make-folder.ts";

/** The rows below the header when the text arrives in chunks of so many bytes. */
async function rows(text: string, chunkBytes = 1 << 20): Promise<string[][]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const file = await openCsv("t.csv", chunks);
  const read: string[][] = [];
  for await (const batch of file.batches()) read.push(...batch);
  return read;
}

test.each([
  {
    title: "plain rows",
    text: "a,b\n1,2\n3,4\n",
    expected: [
      ["1", "2"],
      ["3", "4"],
    ],
  },
  { title: "no line break at the end", text: "a,b\n1,2", expected: [["1", "2"]] },
  { title: "an empty last cell", text: "a,b\n1,", expected: [["1", ""]] },
  { title: "Windows line ends", text: "a,b\r\n1,2\r\n", expected: [["1", "2"]] },
  { title: "a byte order mark", text: "\ufeffa,b\n1,2\n", expected: [["1", "2"]] },
  { title: "blank lines", text: "a,b\n\n1,2\n\n\n", expected: [["1", "2"]] },
  { title: "quoted delimiters", text: 'a,b\n"1,5",2\n', expected: [["1,5", "2"]] },
  { title: "quoted line breaks", text: 'a,b\n"x\ny\r\nz",2\n', expected: [["x\ny\r\nz", "2"]] },
  { title: "doubled quotes", text: 'a,b\n"say ""hi""",2\n', expected: [['say "hi"', "2"]] },
  { title: "a quoted empty cell", text: 'a\n""\n', expected: [[""]] },
  { title: "quotes inside a cell", text: 'a,b\n5" pipe,x"y\n', expected: [['5" pipe', 'x"y']] },
  { title: "letters of several bytes", text: "a,b\nKöln,日本\n", expected: [["Köln", "日本"]] },
])("$title are read, however the bytes arrive", async ({ text, expected }) => {
  expect(await rows(text)).toEqual(expected);
  for (const chunkBytes of [3, 4, 5, 7]) expect(await rows(text, chunkBytes)).toEqual(expected);
});

test("columns without a name are called as pandas calls them", async () => {
  const file = await openTable(makeFolder({ "a.csv": ",x,\n0,1,2\n" }), "a.csv");
  expect(file.columns).toEqual(["Unnamed: 0", "x", "Unnamed: 2"]);
});

test("the error of a late row names its line", async () => {
  const text = `a,b\n"1\n1",2\n${"1,2\n".repeat(5000)}1,2,3\n`;
  await expect(rows(text, 1000)).rejects.toThrow(/t\.csv line 5004 has 3 fields/);
});

test.each([
  { head: "a,b\n1,2\n", delimiter: "," },
  { head: "a;b\n1,5;2\n3,5;4\n", delimiter: ";" },
  { head: "a\tb\n1,2,3\t2\n", delimiter: "\t" },
  { head: "a|b\n1|2\n", delimiter: "|" },
  { head: 'a,b\n"x;y;z",2\n', delimiter: "," },
  { head: "text\nWell, well; so\nNo\n", delimiter: "," },
  { head: "", delimiter: "," },
])("$delimiter separates $head", ({ head, delimiter }) => {
  expect(detectDelimiter(head)).toBe(delimiter);
});
