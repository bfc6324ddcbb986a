import { expect, test } from "vitest";
import type { Share } from "../../../src/core/settings.ts";
import type { Notebook } from "../../../src/core/tried-plan.ts";
import { shared } from "../../../src/core/words/share.ts";
import { everyPrompt } from "../../prompts/every-prompt.ts";
import { inputs } from "../../prompts/inputs.ts";

const SECRET = "Zx9-Blumenkohl";
const DATA = new Set(["stdout", "stderr", "output", "problem", "findings", "profile", "worst"]);
const entry = { at: "track-1/model-1", idea: "Trees.", score: 3, error: 0.1, gain: null };
const BOOK: Notebook = {
  entries: [{ ...entry, blendGain: null, seconds: 4, problem: null }],
  ...{ studies: [], members: [], blend: null, best: null, underway: [], alike: [] },
  worst: "",
};
const VALUES = new Set(["examples", "min", "max"]);

/** The same inputs, with what could come from the data holding a secret. */
function planted(part: unknown): void {
  if (typeof part !== "object" || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    if (DATA.has(name)) Reflect.set(part, name, `ValueError: bad ${SECRET}\nFold scores: 1, 2`);
    else if (VALUES.has(name)) Reflect.set(part, name, name === "examples" ? [SECRET] : 42);
    else planted(value);
  }
}

const promptsWith = (share: Share) => {
  const given = structuredClone(inputs);
  given.planner.notebook = BOOK;
  planted(given);
  return everyPrompt(shared(given, share));
};

test.each(Object.entries(promptsWith("schema")))(
  "by its schema alone the %s is told no value of the data",
  (_, prompt) => {
    expect(prompt).not.toContain(SECRET);
    expect(prompt).not.toContain("Blumenkohl");
  },
);

test("by samples the profile is told, and nothing that scripts print", () => {
  const { debugger: prompt = "", planner = "" } = promptsWith("samples");
  expect(planner.split(SECRET)).toHaveLength(2);
  expect(prompt).toContain("ValueError: … …-…");
  expect(promptsWith("all")["debugger"]).toContain(`ValueError: bad ${SECRET}`);
});

test("a schema has the columns, their kinds and counts", () => {
  const { planner } = promptsWith("schema");
  expect(planner).toContain("train.csv: 41230 rows, 7 columns\n- trip_id: number, 0 missing");
});

test("an error keeps what is known without the data: its name, its lines, the script's own words", () => {
  const problem = `the script failed after 2.1 s (exit code 1)
  File "solution.py", line 14, in <module>
KeyError: 'delay_s'
could not convert string to float: 'Erika 1962'`;
  const state = { script: 'open("solution.py"); y = train["delay_s"]', problem };
  const { problem: told } = shared(state, "schema");
  expect(told).toBe(problem.replace("Erika 1962", "… …"));
  expect(shared(state, "all")).toBe(state);
});

test("where there is no table, its files are named, and nothing of what is in them", () => {
  const profile = "Files in ./input:\n- a/: 20 files, .png\n\nFirst rows:\nErika 1962";
  const state = { draft: { train: null, test: null, otherTables: [], profile } };
  expect(shared(state, "schema").draft.profile).toBe("Files in ./input:\n- a/: 20 files, .png");
});
