import { expect, test } from "vitest";
import { inferSplit } from "../../../../tools/measure/split/infer-split.ts";
import { shuffled } from "../../../../tools/measure/split/seeded.ts";
import { splitWithKey } from "../../../../tools/measure/split/split-key.ts";
import { cellsOf } from "../../../../tools/measure/split/unit-table.ts";

const ROWS = 1200;
/** Rows made of their number; those that `isTest` names are test's. */
function drawn(
  row: (at: number) => Record<string, string | number>,
  isTest: (at: number) => boolean,
  ids: string[],
) {
  const all = Array.from({ length: ROWS }, (_, at) => at);
  const columns = Object.keys(row(0));
  const table = (places: number[]) => ({
    columns,
    rows: places.map((at) => Object.values(row(at)).map(String)),
  });
  return {
    ...{ ids, classes: false },
    ...{ train: table(all.filter((at) => !isTest(at))), test: table(all.filter(isTest)) },
  };
}

const noise = shuffled(ROWS, 7);
const lots = (at: number) => (noise[at] ?? 0) / ROWS;
const atRandom = (at: number) => lots(at) < 0.25;
const date = (day: number, clock = "") =>
  `${new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)}${clock}`;
const german = (day: number) => date(day).split("-").reverse().join(".");
const day = (at: number) => Math.floor(at / 4);
const person = (at: number) => (Math.floor(at / 12) * 37) % 100;
const ofPeople = (at: number) => person(at) % 4 === 0;

test.each([
  [
    "rows at random",
    (at: number) => ({ id: at, x: lots(at), day: date(day(at)) }),
    atRandom,
    "random",
    null,
  ],
  ["persons in both", (at: number) => ({ id: at, person: person(at) }), atRandom, "random", null],
  [
    "test's ids after train's",
    (at: number) => ({ id: at, x: noise[ROWS - 1 - at] ?? 0 }),
    (at: number) => at > 900,
    "random",
    null,
  ],
  ["whole persons", (at: number) => ({ id: at, person: person(at) }), ofPeople, "group", "person"],
  [
    "a piece of a path",
    (at: number) => ({ f: `img/p${person(at)}/s${at % 12}.png` }),
    ofPeople,
    "group",
    "f[2]",
  ],
  [
    "persons whose numbers restart at each site",
    (at: number) => ({ f: `site${person(at) % 10}-p${Math.floor(person(at) / 10)}-${at % 12}` }),
    (at: number) => [3, 17, 22, 48, 51, 69, 74, 86, 90, 95].includes(person(at)),
    "group",
    "f[:4]",
  ],
  [
    "names of several words",
    (at: number) => ({
      f: `${["new", "york", "los angeles"].slice(0, 1 + (person(at) % 3)).join(" ")} ${person(at)} ${at % 12}`,
    }),
    ofPeople,
    "group",
    "f[:-1]",
  ],
  [
    "later dates",
    (at: number) => ({ id: at, when: german(day(at)) }),
    (at: number) => day(at) > 220,
    "time",
    "when",
  ],
  [
    "later dates in ids",
    (at: number) => ({ id: `shop${at % 4}_${date(day(at))}` }),
    (at: number) => day(at) > 220,
    "time",
    "id",
  ],
  [
    "years and months",
    (at: number) => ({
      id: at,
      year: 2000 + Math.floor(at / 60),
      month: 1 + (Math.floor(at / 5) % 12),
    }),
    (at: number) => at > 1000,
    "time",
    "year+month",
  ],
  [
    "later weeks",
    (at: number) => ({ id: at, week: Math.floor(at / 40) }),
    (at: number) => at >= 1000,
    "time",
    "week",
  ],
  [
    "the end of each month",
    (at: number) => ({ when: date(day(at), ` ${10 + (at % 4)}:00:00`), x: lots(at) }),
    (at: number) => Number(date(day(at)).slice(8)) > 20,
    "stretches",
    "when",
  ],
  [
    "days at random",
    (at: number) => ({ id: at, when: date(day(at)) }),
    (at: number) => lots(day(at) * 4) < 0.3,
    "group",
    "when",
  ],
] as const)("%s: %s", (_, row, isTest, kind, by) => {
  const task = drawn(row, isTest, [Object.keys(row(0))[0] ?? ""]);
  const split = inferSplit(task);
  expect(split, split.evidence).toMatchObject({ kind, by });
  expect(split.evidence).toMatch(/\d/);
  // What was written down of it reads the same keys.
  const { columns, keyOf, ...written } = split;
  const again = splitWithKey(written, task.train);
  expect(again.columns).toEqual(columns);
  for (const cells of cellsOf(task.test, columns)) expect(again.keyOf(cells)).toBe(keyOf(cells));
});

test("numbers that restart in each file keep their rows together", () => {
  const sentences = (count: number) => ({
    columns: ["sentence", "token"],
    rows: Array.from({ length: count * 9 }, (_, at) => [`${Math.floor(at / 9)}`, `${at % 9}`]),
  });
  const split = inferSplit({
    train: sentences(200),
    test: sentences(50),
    ids: ["sentence", "token"],
    classes: true,
  });
  expect(split).toMatchObject({ kind: "group", by: "sentence" });
});

test("a column that only train has is the split where the description says so", () => {
  const task = drawn((at) => ({ file: `${at}.wav`, speaker: `s${at % 6}` }), atRandom, ["file"]);
  const test = { columns: ["file"], rows: task.test.rows.map(([file = ""]) => [file]) };
  const asked = (description: string) => inferSplit({ ...task, test, classes: true, description });
  expect(asked("test.csv: file (2 other speakers)")).toMatchObject({
    kind: "group",
    by: "speaker",
  });
  expect(asked("Which digit do speakers say?").kind).toBe("stratified");
});

test("a split that was asked for must be there", () => {
  const { train } = drawn((at) => ({ id: at, word: "x" }), atRandom, ["id"]);
  const by = (kind: "group" | "time", by: string) => () =>
    splitWithKey({ kind, by, evidence: "" }, train);
  expect(by("group", "hospital")).toThrow("no such column");
  expect(by("time", "word")).toThrow("neither dates nor numbers");
});
