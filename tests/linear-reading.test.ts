import { expect, test } from "vitest";
import { FOREIGN_READERS } from "./support/foreign-readers.ts";

/** What texts are made of that make a careless reader go back and forth: each repeated to the length that is wanted. */
const UNITS = [
  ..."`~{[(\"'\\ \t\n.,;:#<>/=*_-0a",
  ...["```", "```python\n", "``` py ", "~~~\n", '{"', '{"a":', "[1,", '",', "'it's ", '\\"', "'''"],
  ...[" \n", "\n\n", "\t\n", "\r", "\r\n", "\u2028", "a\n", "the same line\n", "a b ", "ab", "aA"],
  ...["Ablation[", "\rAblation[", "Ablation[a]: 1\n", "Final Validation Performance: 1\n"],
  ...[
    "# a #",
    "# ",
    "a #",
    "## A\n```\n",
    "**a**\n",
    "<h1>",
    "</h1> ",
    "---\n",
    "| a |",
    "Source: a ",
  ],
  ...["1,", "1.", "0.1e", "e0", "1 ", "1:", "-0", "fold 1: 0.", "fold scores: ", "[-0"],
  ...[
    "import ",
    "import a, ",
    "from a import ",
    "def ",
    "(#",
    "f(",
    "@a ",
    "# %% ",
    '"""',
    "from __future__ ",
  ],
  ...[
    "predict ",
    "predict-",
    "target: ",
    "metric ",
    "metric: auc\n",
    "rmse ",
    "weighted ",
    "evaluated ",
  ],
  ...["train ", "you ", "1 = sick, ", "sick (0) ", "probability ", "whether ", ". A", "lower is "],
  ...[
    "token count ",
    "try again in 1",
    "://a:",
    "(recipe: ",
    "a(b=",
    "<untrusted ",
    "< ",
    "jan ",
    "2020-",
  ],
];

/** What seems slow at the first length is measured at the second: a quadratic reader is slow there, too. */
const LENGTHS = [4000, 16_000];
/** What doubling the length may multiply the time by; a quadratic reader takes four times as long. */
const RATIO = 3;
/** Of a thread's own CPU time: readers that take less are told apart by chance alone. */
const FLOOR_MICROSECONDS = 3000;
const REPEATS = 8;

const textOf = (unit: string, length: number) => unit.repeat(length / unit.length);

async function microseconds(read: (text: string) => unknown, text: string): Promise<number> {
  const before = process.threadCpuUsage();
  try {
    await read(text);
  } catch {
    // That it refuses such a text is looked at elsewhere.
  }
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

/** The least ratio of several measurements: a busy machine only ever adds. */
async function ratioAt(
  length: number,
  read: (text: string) => unknown,
  unit: string,
): Promise<number> {
  const [short, long] = [textOf(unit, length), textOf(unit, 2 * length)];
  let [once, twice] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    twice = Math.min(twice, await microseconds(read, long));
    if (twice <= RATIO * FLOOR_MICROSECONDS) return 1;
    once = Math.min(once, await microseconds(read, short));
    if (twice <= RATIO * once) break;
  }
  return twice / Math.max(once, FLOOR_MICROSECONDS);
}

test.each(Object.entries(FOREIGN_READERS))(
  "%s is read in time that grows with its length and no faster",
  async (_, read) => {
    const slow: string[] = [];
    for (const unit of UNITS) {
      const ratios: number[] = [];
      for (const length of LENGTHS)
        if (ratios.every((ratio) => ratio > RATIO)) ratios.push(await ratioAt(length, read, unit));
      if (ratios.every((ratio) => ratio > RATIO)) slow.push(`${JSON.stringify(unit)}: ${ratios}`);
    }
    expect(slow).toEqual([]);
  },
);
