import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { leakAlarms } from "../../../../tools/measure/leaks/leak-alarms.ts";
import { makeFolder } from "../../read-task/make-folder.ts";
import { prepared } from "../ground/prepared.ts";
import { rowsOf } from "../ground/read-view.ts";
import { noise } from "../ground/shapes.ts";

const FILES = 600;
const isDog = (at: number) => noise(at) < 0.5;
/** What can be seen of an animal: three of four times the truth. */
const seen = (at: number) => (noise(at, 1) < 0.75 === isDog(at) ? "bark" : "meow");

const animals = (pathOf: (at: number) => string) =>
  makeFolder({
    "task.md": "The probability that it is a dog.\n\nMetric: AUC.\n",
    "sample_submission.csv": `id,label\n${Array.from({ length: 300 }, (_, at) => `${at + 1},0.5`).join("\n")}\n`,
    ...Object.fromEntries(
      Array.from({ length: FILES }, (_, at) => [pathOf(at), `${seen(at)} ${at}`]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [
        `test/${at + 1}.txt`,
        `${seen(FILES + at)} ${FILES + at}`,
      ]),
    ),
  });

const SCRIPTS = {
  names: (path: string) => (path.includes("dog") ? 0.99 : 0.01),
  mixed: (path: string, text: string) =>
    (path.includes("dog") ? 0.6 : 0.4) + (text.startsWith("bark") ? 0.3 : -0.3),
  honest: (_: string, text: string) =>
    (text.startsWith("bark") ? 0.75 : 0.25) + 0.1 * noise(Number(text.split(" ")[1]), 2),
};

test.each([
  { where: "names", pathOf: (at: number) => `train/${isDog(at) ? "dog" : "cat"}.${at}.txt` },
  { where: "folders", pathOf: (at: number) => `train/${isDog(at) ? "dog" : "cat"}/a${at}.txt` },
])(
  "labels in the $where of files: who reads them for validation is proved, who looks into the files is not",
  { timeout: 60_000 },
  async ({ pathOf }) => {
    const { runFolder, view, reading, ground } = await prepared(animals(pathOf));
    expect(ground.mode).toBe("folds");
    const { draft } = reading;
    const alarms = leakAlarms({
      task: { ...draft, metric: "roc_auc", direction: "maximize", modality: "text" },
      ...{ interpreter: "", split: "stratified" },
    });
    const changed = await alarms.permuted({ runFolder, seed: 3 });
    if (changed === null) throw new Error("there is no changed view");
    /** What such a script leaves; nothing is trained. */
    const run = async (name: keyof typeof SCRIPTS, input: string) => {
      const [folds, sample] = [
        await rowsOf(input, "folds.csv"),
        await rowsOf(input, "validation_sample.csv"),
      ];
      const final = join(runFolder, name, input === view ? "before" : "after");
      mkdirSync(final, { recursive: true });
      const lines = sample.map(({ id }, at) => {
        const path = folds[at]?.["unit"] ?? "";
        return `${id},${SCRIPTS[name](path, readFileSync(join(input, path), "utf8"))}`;
      });
      writeFileSync(join(final, "validation.csv"), `id,label\n${lines.join("\n")}\n`);
      return final;
    };
    const judged = async (name: keyof typeof SCRIPTS) =>
      alarms.judge({
        changed,
        before: await run(name, view),
        after: await run(name, changed.input),
      });
    expect(await judged("names")).toMatchObject({ kind: "permuted", withdraws: true });
    expect(await judged("mixed")).toMatchObject({ kind: "permuted", withdraws: true });
    expect(await judged("honest")).toBeNull();
  },
);
