import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Modality } from "../../../src/core/task.ts";
import { factsOf } from "../../../src/models/engineer/recipe/facts.ts";
import { part } from "../../../src/models/engineer/recipe/recipe.ts";
import { initialRecipe, renderScript } from "../../../src/models/engineer/script/script.ts";
import { NO_SCIENCE_PYTHON } from "../../support/science-python.ts";
import { data } from "./engineer.ts";
import { canRun, PATIENCE_MS, runScripts } from "./run-script.ts";
import { noise, type TaskFolder, tinyView } from "./tiny-task.ts";

const RATE = 8000;
/** A tone that rises or falls, of any pitch, in 16 bits. */
function tone(row: number): Buffer {
  const samples = Array.from({ length: 1600 }, (_, at) => {
    const turn = (at / RATE) * (400 + 600 * noise(row) + (row % 2 === 0 ? 1 : -1) * at * 0.2);
    return Math.round(12_000 * Math.sin(2 * Math.PI * turn));
  });
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + 2 * samples.length, 4);
  head.write("WAVEfmt ", 8);
  for (const [at, value] of [16, 0x10001, RATE, 2 * RATE, 0x100002].entries())
    head.writeUInt32LE(value, 16 + 4 * at);
  head.write("data", 36);
  head.writeUInt32LE(2 * samples.length, 40);
  return Buffer.concat([head, Buffer.from(Int16Array.from(samples).buffer)]);
}

/** Stripes, upright or lying, of any width and colour, as a bitmap. */
function stripes(row: number): Buffer {
  const side = 24;
  const head = Buffer.alloc(54);
  head.write("BM", 0);
  const words = [54 + 3 * side * side, 0, 54, 40, side, side, 0x180001];
  for (const [at, value] of words.entries()) head.writeUInt32LE(value, 2 + 4 * at);
  const pixels = Array.from({ length: side * side }, (_, at) => {
    const along = row % 2 === 0 ? at % side : Math.floor(at / side);
    const isDark = Math.floor(along / (2 + 4 * noise(row)) + noise(row, 1)) % 2 === 0;
    return [3, 4, 5].map((salt) => (isDark ? 40 : 100 + 150 * noise(row, salt)));
  });
  return Buffer.concat([head, Buffer.from(pixels.flat().map(Math.round))]);
}

/** A task of files beside its tables, one of which cannot be read and one of which is not there. */
async function filesTask(modality: Modality, ending: string, file: (row: number) => Buffer) {
  const made = await tinyView({
    metric: "accuracy",
    rows: 60,
    features: (row) => ({ file: `${row}.${ending}`, weight: Math.round(9 * noise(row, 7)) }),
    targets: (row) => ({ kind: row % 2 === 0 ? "first" : "second" }),
  });
  for (let row = 0; row < 89; row += 1) {
    const folder = join(made.folder, row < 60 ? "train" : "test");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${row}.${ending}`), row === 4 ? "nothing of the kind" : file(row));
  }
  return { ...made, task: { ...made.task, modality } };
}

const tasks = [
  { name: "sounds", block: "Sounds", task: await filesTask("audio", "wav", tone) },
  { name: "pictures", block: "Pictures", task: await filesTask("image", "bmp", stripes) },
];
const recipeOf = ({ folder: _, ...common }: TaskFolder) =>
  initialRecipe(factsOf(common), [part("linear"), part("support-vectors")]);

test("what files hold is told by a block of its own, and their names are no column", async () => {
  for (const { block, task } of tasks) {
    const { folder: _, ...common } = task;
    const facts = factsOf(common);
    expect(Object.keys(recipeOf(task))).toEqual([block, "Numbers", "Model"]);
    expect([...facts.categories, ...facts.texts]).toEqual([]);
    const { models } = await data.retriever(common, { track: 1, wanted: 2, known: [] });
    expect(models.map(({ name }) => name)).toContain("Support vector machine");
  }
});

test.runIf(canRun)(
  `sounds and pictures are told apart by what they hold; a file that cannot be read is named [else: ${NO_SCIENCE_PYTHON}]`,
  { timeout: PATIENCE_MS },
  async () => {
    const scripts = tasks.map(({ task: { folder: taskFolder, ...common } }) => ({
      script: renderScript(factsOf(common), recipeOf({ folder: taskFolder, ...common })),
      taskFolder,
    }));
    for (const { score, stderr, stdout, submission } of await runScripts(scripts)) {
      expect(stderr).toBe("");
      expect(stdout).toMatch(/train\/4\.\w+ cannot be read/);
      expect(stdout).toContain("Files: 29 of 30 rows of test have one");
      expect(score).toBeGreaterThan(0.9);
      expect(submission).toHaveLength(31);
    }
  },
);
