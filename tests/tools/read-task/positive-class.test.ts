import { expect, test } from "vitest";
import { positiveClass } from "../../../tools/read-task/positive-class.ts";

interface Case {
  title: string;
  classes: readonly [string, string];
  /** The second is the rarer unless told. */
  counts?: readonly [number, number];
  columns?: readonly string[];
  description?: string;
  positive?: string;
  is: string;
  because: RegExp;
}

const cases: Case[] = [
  {
    title: "what a person fixed, as an equal number",
    classes: ["0", "1"],
    positive: "0.0",
    is: "0",
    because: /from --positive/,
  },
  {
    title: "the class that the column is called by",
    classes: ["benign", "malignant"],
    columns: ["p_benign"],
    description: "Predict the probability of malignant tumours.",
    is: "benign",
    because: /from the column "p_benign"/,
  },
  {
    title: "the class behind the word probability",
    classes: ["healthy", "ill"],
    columns: ["diagnosis"],
    description: "# A\n\nWrite the probability that\nthe plant is **healthy**, not ill.\n",
    is: "healthy",
    because: /the description says "probability that the plant is \*\*healthy\*\*, not ill"/,
  },
  {
    title: "what a number stands for",
    classes: ["0", "1"],
    description:
      "`y` is the finding (0 = malignant, 1 = benign). Give the probability of malignant.",
    is: "0",
    because: /the description says/,
  },
  {
    title: "what a letter stands for",
    classes: ["B", "M"],
    description: "Findings are B: benign and M: malignant. How likely is a benign one?",
    is: "B",
    because: /the description says/,
  },
  {
    title: "the only class behind whether",
    classes: ["leave", "stay"],
    description: "Predict whether a customer will stay.",
    counts: [10, 90],
    is: "stay",
    because: /whether a customer will stay/,
  },
  {
    title: "usual words, where whether names both",
    classes: ["negative", "positive"],
    description: "Predict whether it is a negative or a positive case.",
    counts: [10, 90],
    is: "positive",
    because: /usually called/,
  },
  {
    title: "numbers in prose say nothing",
    classes: ["0", "1"],
    description: "Give a probability from 0 to 1, the chance of rain.",
    counts: [10, 90],
    is: "1",
    because: /usually called/,
  },
  { title: "a guess, and called one", classes: ["1", "2"], is: "2", because: /a guess.*rarer/ },
];

test.each(cases)("$title", ({ classes, counts = [90, 10], is, because, ...told }) => {
  const target = { name: "y", kind: "binary" as const, classes: [...classes], positive: null };
  const [one, other] = classes;
  const found = positiveClass(target, {
    values: { counts: new Map([[one, counts[0]] as const, [other, counts[1]] as const]) },
    columns: told.columns ?? ["y"],
    description: told.description ?? "",
    fixed: { positive: told.positive, said: (field) => `--${field}` },
  });
  expect(found).toEqual({ value: is, reason: expect.stringMatching(because) });
});
