import { expect, test } from "vitest";
import { estimateTokens } from "../../prompts/excerpt.ts";
import type { Notebook } from "../../src/core/tried-plan.ts";
import { everyPrompt } from "./every-prompt.ts";
import { inputs } from "./inputs.ts";
import { table } from "./task.ts";

const written: Notebook = {
  entries: [
    {
      ...{ at: "track-1/model-1", idea: "Trees.", score: 3, error: 0.1, gain: null },
      ...{ blendGain: null, seconds: 4, problem: null },
    },
  ],
  ...{ studies: [], members: [], blend: null, best: null, underway: [], worst: null, alike: [] },
};

const MOST_TOKENS = 45_000;

/** The same inputs with every text and every list grown beyond all measure. */
function swollen<T>(value: T): T {
  const grow = (one: unknown, key: string): unknown => {
    if (key === "stdout" || key === "stderr") return "a line of a log\n".repeat(650_000);
    if (key === "at" || key === "direction" || key === "kind") return one;
    if (typeof one === "string") return `${one}\n`.repeat(Math.ceil(1_000_000 / (one.length + 1)));
    if (Array.isArray(one)) {
      const items = one.map((item) => grow(item, key));
      return items.length === 0
        ? items
        : Array.from({ length: 300 }, (_, i) => items[i % items.length]);
    }
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, grow(item, name)]));
  };
  return grow(value, "") as T;
}

const wide = table(
  "train.csv",
  1_000_000,
  Array.from({ length: 2000 }, (_, index) => `measurement number ${index} of the long series`),
);

test.each(Object.entries(everyPrompt(swollen({ ...inputs }))))(
  "the prompt of the %s stays within its bound when megabytes come in",
  (_, prompt) => {
    expect(estimateTokens(prompt)).toBeLessThan(MOST_TOKENS);
  },
);

test("a table of 2,000 columns is told in one line of the task card", () => {
  const task = { ...inputs.planner.task, train: wide };
  const { planner } = everyPrompt({ ...inputs, planner: { ...inputs.planner, task } });
  expect(planner).toContain("train.csv (1000000 rows, 2000 columns)");
  expect(planner).not.toContain("measurement number");
});

test("every planning prompt names the metric and its direction", () => {
  const prompts = everyPrompt();
  for (const agent of ["extractor", "planner", "ensemble-planner", "summarizer"])
    expect(prompts[agent]).toContain("mae (lower is better)");
});

test("all agents' prompts share their beginning, which tells nothing that changes during a run, so that providers can cache it", () => {
  const { "task-analyst": _, ...prompts } = everyPrompt();
  const { initializer = "", summarizer = "", "leakage-checker": checker = "", ...rest } = prompts;
  const [start = ""] = initializer.split("# Your question");
  expect(estimateTokens(start)).toBeGreaterThan(700);
  for (const prompt of Object.values(rest)) expect(prompt.startsWith(start)).toBe(true);
  // Who judges a script is told what scripts must keep to, and nothing of the data.
  const [short = ""] = checker.split("# Your question");
  expect(estimateTokens(short)).toBeGreaterThan(500);
  expect(summarizer.startsWith(short) && start.startsWith(short.trimEnd())).toBe(true);
  const later = everyPrompt({ ...inputs, planner: { ...inputs.planner, notebook: written } });
  expect(later["planner"]?.startsWith(start)).toBe(true);
});
