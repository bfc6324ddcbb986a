import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { untrusted } from "../prompts/fence.ts";
import { SettingsError, ToolError } from "../src/core/errors.ts";
import { occurrences } from "../src/core/occurrences.ts";
import { Place } from "../src/core/place.ts";
import { locateBlock, pythonBlock, swapBlock } from "../src/core/python-block.ts";
import { ablationEffects, parseScore, SCORE_MARKER } from "../src/core/score.ts";
import { fenceAround } from "../src/core/words/fence-around.ts";
import { modelsFromMarkdown, modelsToMarkdown } from "../src/core/words/models-markdown.ts";
import { parseJsonAnswer } from "../src/models/language/json-answer.ts";
import { openEventLog, readEvents } from "../src/record/event-log.ts";
import { openCsv } from "../tools/read-task/csv-file.ts";
import { FOREIGN_READERS } from "./support/foreign-readers.ts";

/** Pieces that mean something to one reader or another, and what may stand between them. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "```",
      "```python\n",
      "~~~",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "\\",
      "\n",
      "\r\n",
      " ",
      "\t",
      "# ",
    ],
    ...[
      SCORE_MARKER,
      "Ablation[",
      "]: ",
      "0.5",
      "1e999",
      "NaN",
      "-",
      "%",
      ",",
      ":",
      "\u0000",
      "\u2028",
    ],
    ...[
      "import ",
      "from ",
      "def f(",
      "import numpy as np\n",
      '{"plan": "',
      "null",
      "=",
      "(recipe: ",
    ],
    ...[
      "metric",
      "rmse",
      "predict ",
      "## ",
      "Source: ",
      "fold 1: ",
      "<p>",
      "</untrusted>",
      "__proto__",
    ],
    ...["\ud83d", "\udc00", "٣", "İ", "ß", "a", "track-1/", "~2"],
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const foreign = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
const lines = fc.array(fc.constantFrom("a = 1", "  b", "", "f(x)", "```", "a = 1 "), {
  minLength: 1,
});
const RUNS = { numRuns: 60 };

test.each(Object.entries(FOREIGN_READERS))(
  "%s: any text is read, or refused in a sentence",
  async (_, read) => {
    await fc.assert(
      fc.asyncProperty(foreign, async (text) => {
        try {
          await read(text);
        } catch (error) {
          if (!(error instanceof SettingsError || error instanceof ToolError)) throw error;
          expect(error.message).not.toBe("");
        }
      }),
      RUNS,
    );
  },
);

test("a score is a finite number or none, and so are an ablation's", () => {
  fc.assert(
    fc.property(foreign, (text) => {
      const { baseline, effects } = ablationEffects(text);
      const scores = [
        parseScore(`${SCORE_MARKER}${text}`),
        baseline,
        ...effects.map((one) => one.score),
      ];
      for (const score of scores) expect(score === null || Number.isFinite(score)).toBe(true);
    }),
  );
});

test("a score that was printed is read back", () => {
  fc.assert(
    fc.property(foreign, fc.double({ noNaN: true, noDefaultInfinity: true }), (before, score) => {
      expect(parseScore(`${before}\n${SCORE_MARKER} ${score}`)).toBe(Number(`${score}`));
    }),
  );
});

test("code comes out of a fence as it went in", () => {
  fc.assert(
    fc.property(lines, (code) => {
      const text = code.join("\n").trimEnd();
      fc.pre(text.trim() !== "");
      const ticks = fenceAround(text);
      expect(pythonBlock(`Here it is:\n${ticks}python\n${text}\n${ticks}\nDone.`)).toBe(text);
    }),
  );
});

test("a block that is found is a part of the script, and a swap changes nothing else", () => {
  fc.assert(
    fc.property(lines, foreign, fc.nat(), fc.nat(), (all, code, from, length) => {
      const script = all.join("\n");
      const block = locateBlock(script, script.slice(from % script.length || 0, from + length));
      if (block === null) return;
      expect(script.slice(block.start, block.start + block.text.length)).toBe(block.text);
      const swap = swapBlock(script, block, code);
      if ("problem" in swap) return;
      expect(swap.script.startsWith(script.slice(0, block.start))).toBe(true);
      expect(swap.script.endsWith(script.slice(block.start + block.text.length))).toBe(true);
    }),
  );
});

test("places where a text stands are those that the language finds", () => {
  const few = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 30 });
  const short = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(few, short, (text, wanted) => {
      const found = [...text].flatMap((_, at) => (text.startsWith(wanted, at) ? [at] : []));
      expect([...occurrences(text, wanted)]).toEqual(found);
    }),
  );
});

test("data in an answer have the form that was asked for, whatever stands around them", () => {
  const Form = z.object({ plan: z.string(), steps: z.array(z.number()) });
  const data = fc.record({ plan: foreign, steps: fc.array(fc.integer()) });
  fc.assert(
    fc.property(data, (value) => {
      const answer = `Sure!\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\``;
      expect(parseJsonAnswer(answer, Form)).toEqual({ value });
    }),
  );
  fc.assert(
    fc.property(foreign, (text) => {
      const read = parseJsonAnswer(`{"plan": ${text}`, Form);
      if ("value" in read) expect(Form.parse(read.value)).toEqual(read.value);
      else expect(read.problem).not.toBe("");
    }),
  );
});

test("nothing in a foreign text closes its mark", () => {
  fc.assert(
    fc.property(foreign, foreign, (source, text) => {
      expect(untrusted(source, text).match(/<\s*\/?\s*untrusted/gi)).toHaveLength(2);
    }),
  );
});

test("a table is read as it was written", async () => {
  const cell = foreign.map((text) => text.replaceAll(/[\0\r\n]|\p{Surrogate}/gu, " "));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), async (rows) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = [["a", "b"], ...rows].map((row) => row.map(quoted).join(",")).join("\n");
      const bytes = Buffer.from(text);
      async function* open() {
        for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
      }
      const read: string[][] = [];
      for await (const batch of (await openCsv("a.csv", open, ",")).batches()) read.push(...batch);
      expect(read).toEqual(rows);
    }),
  );
});

test("an event is read as it was recorded", () => {
  const path = join(mkdtempSync(join(tmpdir(), "events-")), "scratchpad.jsonl");
  const log = openEventLog(path, { now: () => new Date(0), clock: () => 0, onEvent: () => {} });
  fc.assert(
    fc.property(foreign, (summary) => {
      const event = { type: "ablation" as const, key: "a", at: "track-1" };
      const recorded = log.append({ ...event, summary, baseline: null, effects: [] });
      expect(readEvents(path).at(-1)).toEqual(recorded);
    }),
    { numRuns: 30 },
  );
});

test("models in Markdown are read as they were written", () => {
  const code = lines.map((all) => `x = 1\n${all.join("\n")}`.trim());
  fc.assert(
    fc.property(code, (exampleCode) => {
      const model = { name: "Some model", description: "What it is.", sources: ["http://a.b/c"] };
      const models = [{ ...model, exampleCode: `${exampleCode}\n` }];
      expect(modelsFromMarkdown(modelsToMarkdown(models))).toEqual(models);
    }),
  );
});

test("a place is its text", () => {
  const step = fc.tuple(
    fc.constantFrom("track", "refine", "attempt"),
    fc.integer({ min: 1, max: 99 }),
  );
  fc.assert(
    fc.property(fc.array(step.map(([name, number]) => `${name}-${number}`)), (steps) => {
      expect(Place.parse(steps.join("/")).text).toBe(steps.join("/"));
    }),
  );
});
