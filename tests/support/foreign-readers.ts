import { z } from "zod";
import { cleaned, goalOf } from "../../prompts/description.ts";
import { excerpt, oneLine, tail } from "../../prompts/excerpt.ts";
import { fence, untrusted } from "../../prompts/fence.ts";
import { directionIn, metricNamed, metricsIn } from "../../src/core/metric.ts";
import { inShort } from "../../src/core/outcome.ts";
import { Place } from "../../src/core/place.ts";
import { locateBlock, pythonBlock, swapBlock } from "../../src/core/python-block.ts";
import { ablationEffects, parseScore, SCORE_MARKER } from "../../src/core/score.ts";
import { titleOf } from "../../src/core/tried-plan.ts";
import { secondsIn } from "../../src/core/words/duration.ts";
import { modelsFromMarkdown } from "../../src/core/words/models-markdown.ts";
import { shared } from "../../src/core/words/share.ts";
import { dateParts } from "../../src/core/words/written-date.ts";
import { numberPieces } from "../../src/core/words/written-number.ts";
import { parseParts, partsOfPlan } from "../../src/models/engineer/recipe/recipe.ts";
import { faultOf } from "../../src/models/language/fault.ts";
import { parseJsonAnswer } from "../../src/models/language/json-answer.ts";
import { endpoint as endpointOf } from "../../src/models/language/providers.ts";
import { withdrawalOf } from "../../src/record/withdrawal.ts";
import { scriptSections } from "../../src/report/export/notebook.ts";
import { standaloneScript } from "../../src/report/export/standalone-script.ts";
import { packagesOf } from "../../src/report/facts/packages.ts";
import { validationOf } from "../../src/report/facts/validation.ts";
import { diffRows } from "../../src/report/html/diff-rows.ts";
import { pythonCode } from "../../src/report/html/python-code.ts";
import { codeBlock, escaped } from "../../src/report/markdown/from-html.ts";
import { oneLine as oneVisibleLine } from "../../src/report/visible.ts";
import { dateIn } from "../../tools/measure/split/time-reader.ts";
import { FreshValues } from "../../tools/measure/view/fresh-values.ts";
import { numberIn } from "../../tools/read-task/cells/cell.ts";
import { nameWords } from "../../tools/read-task/cells/name-words.ts";
import { understandColumn } from "../../tools/read-task/cells/understand-column.ts";
import { detectDelimiter, openCsv } from "../../tools/read-task/csv-file.ts";
import { openJson } from "../../tools/read-task/json-file.ts";
import { positiveClass } from "../../tools/read-task/positive-class.ts";
import { readMetric } from "../../tools/read-task/read-metric.ts";
import { withFlags } from "../../tools/read-task/task-yaml.ts";
import { shownOutput } from "../../tools/run-python/shown-output.ts";
import { plainText, wordsIn } from "../../tools/search-web/page-text.ts";

/** Readers with a bound of their own are shown texts beyond it: below it a library may take quadratic time. */
const BEYOND = 16;
const half = (text: string) => text.slice(0, text.length / 2);
const Answer = z.object({ plan: z.string(), models: z.array(z.object({ name: z.string() })) });
const endpoint = endpointOf("openai:some-model", { OPENAI_API_KEY: "key" });
const plain = withFlags({}, {});

async function* once<Value>(value: Value) {
  yield value;
}

async function rowsOf(file: { batches(): AsyncIterable<string[][]> }): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of file.batches()) rows.push(...batch);
  return rows;
}

const suspect = (script: string) => ({
  ...{ id: "a", place: Place.parse("track-1/model-1"), script },
  ...{ members: [], withdrawn: null },
});

const leak = (block: string, correction: string) => ({
  ...{ type: "leakage" as const, key: "key", at: "track-1/model-2" },
  ...{ time: "", elapsed: 0, sharedFrom: null },
  ...{ block, correction, explanation: "it leaks" },
});

/** Every function that reads text from outside: models' answers, outputs, descriptions, pages, cells, failures, settings. */
export const FOREIGN_READERS: Record<string, (text: string) => unknown> = {
  "a score": parseScore,
  "a score behind its marker": (text) => parseScore(`${SCORE_MARKER} ${text}`),
  "an ablation's scores": ablationEffects,
  "a code block": pythonBlock,
  "a code block behind a fence": (text) => pythonBlock(`~~~${text}`),
  "a block of a script": (text) => locateBlock(text, `${half(text)}x`),
  "a block that stands often": (text) => locateBlock(text, half(text), { first: 1, last: 1 }),
  "a block of odd layout": (text) => locateBlock(text, `${half(text)} `.replaceAll(" ", "  ")),
  "a replacement": (text) => swapBlock("if a:\n    b()\n", { start: 6, text: "    b()" }, text),
  "a replacement with indentation": (text) =>
    swapBlock("    b()\n", { start: 0, text: "    b()" }, `${text}!\n    c()`),
  "an error": inShort,
  "a plan's title": titleOf,
  "a place": (text) => Place.compare(Place.parse(text), Place.parse("track-1")),
  "a duration": (text) => secondsIn(`1${text}x`),
  metrics: metricsIn,
  "a metric's name": metricNamed,
  "a direction": directionIn,
  "models in Markdown": modelsFromMarkdown,
  "a model in Markdown": (text) => modelsFromMarkdown(`# ${text}\n\`\`\`\n${text}`),
  "what is not shared": (text) => shared({ run: { stdout: text, stderr: text } }, "schema"),
  "a recipe": (text) => partsOfPlan(`${text}(recipe: ${text})`),
  "a recipe's parts": parseParts,
  "data in an answer": (text) => parseJsonAnswer(text.repeat(BEYOND), Answer),
  "data in a broken answer": (text) => parseJsonAnswer(`{"plan": "${text.repeat(BEYOND)}`, Answer),
  "a failure": (text) => faultOf({ status: 400, message: text }, endpoint),
  "a leak": (text) => withdrawalOf(suspect(text), [leak(`${half(text)} x`, half(text))], new Map()),
  "a notebook's sections": (text) => scriptSections(`${text}\n# %% Title\n${text}`),
  "a script of its own": (text) => standaloneScript(text, { A: "1" }),
  imports: (text) => packagesOf(text, [{ name: "numpy", version: "1" }]),
  folds: validationOf,
  "the scores of folds": (text) => validationOf(`fold scores: ${text}\nfold 1: ${text}x`),
  "a change": (text) => {
    const long = text.repeat(BEYOND);
    return diffRows(long, `${long.slice(1)}${half(long)}`, 0).length;
  },
  "lines that are all new": (text) => {
    const long = text.repeat(BEYOND);
    return diffRows(long, long.replaceAll("\n", "!\n"), 10).length;
  },
  "a coloured script": (text) => pythonCode(text, "script"),
  "a block in Markdown": (text) => codeBlock(text, ""),
  "a line in Markdown": escaped,
  "a line on a screen": oneVisibleLine,
  "a description": cleaned,
  "a heading": (text) => cleaned(`# ${text}`),
  "a goal": goalOf,
  "an excerpt": (text) => [excerpt(text, 1000), tail(text, 1000), oneLine(text, 200)],
  "a fence": (text) => [fence(text), untrusted(text, text)],
  "a number": (text) => [numberIn(text), numberIn(`1${text}!`)],
  "a written number": (text) => [numberPieces(text), numberPieces(`$1,${half(text)}1`)],
  "a column": (text) => [
    understandColumn({ name: text, texts: [[text, 1]], delimiter: "," }),
    understandColumn({
      name: "a",
      texts: (text.match(/.{1,30}/gs) ?? []).map((part) => [part, 1]),
      delimiter: ",",
    }),
  ],
  "a date": (text) => [dateParts(`1/1/01 0:00${text}!`), dateIn(text)],
  "fresh values": (text) => new FreshValues("id", 1, 1).see(`${text}0`, false),
  "a delimiter": detectDelimiter,
  "a table": async (text) => rowsOf(await openCsv("a.csv", () => once(Buffer.from(text)))),
  records: async (text) => rowsOf(await openJson("a.json", () => once(text))),
  "a record": async (text) =>
    rowsOf(await openJson("a.json", () => once(`{"a": ${text}, "b": 1}`))),
  "a file's name": nameWords,
  "the positive class": (description) =>
    positiveClass(
      { name: "y", kind: "binary", classes: ["0", "sick"], positive: null },
      { values: { counts: new Map() }, columns: ["y"], description, fixed: plain },
    ),
  "a metric in a description": (text) => readMetric(`# Evaluation\n${text}`, plain),
  "an output": (text) => shownOutput(Buffer.from(text)),
  "a page's words": (text) => [plainText(text), wordsIn(text)],
};
