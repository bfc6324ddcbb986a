import fc from "fast-check";
import { expect, test } from "vitest";
import { edited, editsIn } from "../../prompts/script-edits.ts";

const written = (search: string, replace: string) =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`;
const after = (script: string, answer: string) => edited(script, editsIn(answer));

test("edits are read out of prose and fences, and made one upon another", () => {
  const answer = `Two slips:\n\`\`\`python\n${written("b = 2", "b = 3\nc = 4")}\n\`\`\`\nand\n${written("c = 4\r", "c = 5")}`;
  expect(after("a = 1\nb = 2  \nd = 6", answer)).toBe("a = 1\nb = 3\nc = 5\nd = 6");
  expect(after("a = 1\nb = 2", "<<<<<<< SEARCH\na = 1\n=======\n>>>>>>> REPLACE")).toBe("b = 2");
});

test.each([
  ["lines that stand twice", "a\nb\na", written("a", "c")],
  ["lines that are not there", "a\nb", written("c", "d")],
  ["other indentation", "if x:\n    a", written("a", "b")],
  ["nothing to look for", "a\n\nb", written("", "b")],
  ["nothing new", "a\nb", written("a", "a")],
])("there is no script after an edit with %s", (_, script, answer) => {
  expect(after(script, answer)).toBeNull();
});

test("an edit that is not ended is none", () => {
  expect(editsIn("<<<<<<< SEARCH\na\n=======\nb")).toEqual([]);
  expect(editsIn("a\n=======\n>>>>>>> REPLACE")).toEqual([]);
});

test("any run of lines that stands once is replaced by what is asked, and all else stays", () => {
  const line = fc.constantFrom("a", "b", "  a", "");
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), fc.nat(), fc.nat(5), (lines, from, length) => {
      const at = from % lines.length;
      const search = lines.slice(at, at + length + 1);
      const places = lines.filter((_, index) =>
        search.every((one, offset) => lines[index + offset] === one),
      );
      const made = edited(lines.join("\n"), [{ search, replace: ["new"] }]);
      const isOnce = places.length === 1 && search.some((one) => one !== "");
      const expected = [...lines.slice(0, at), "new", ...lines.slice(at + search.length)];
      expect(made).toBe(isOnce ? expected.join("\n") : null);
    }),
  );
});
