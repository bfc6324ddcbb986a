import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { gain } from "../../../../src/core/candidate.ts";
import type { Alarm } from "../../../../src/core/measurement.ts";
import { SCORE_MARKER } from "../../../../src/core/score.ts";
import type { Task } from "../../../../src/core/task.ts";
import { type Changed, leakAlarms } from "../../../../tools/measure/leaks/leak-alarms.ts";

export const FIXTURES = join(import.meta.dirname, "../../../fixtures/leaks");
const RUNNER = join(import.meta.dirname, "run_scripts.py");
const SEED = 3;

const Score = z.object({ score: z.number(), error: z.number() });
const Ended = z.union([
  z.object({ problem: z.null(), claim: z.number(), validation: Score, holdout: Score }),
  z.object({ problem: z.string() }),
]);

/** A script of the fixtures: the task it is for, and what is to name it where it leaks. */
export interface Script {
  name: string;
  task: string;
  path: string;
  text: string;
  namedBy: string[];
}

export const scriptsIn = (kind: "planted" | "honest"): Script[] =>
  readdirSync(join(FIXTURES, kind)).map((file) => {
    const path = join(FIXTURES, kind, file);
    const text = readFileSync(path, "utf8");
    const [, task = ""] = /^# task: (.*)/.exec(text) ?? [];
    const [, named = ""] = /^# named by: (.*)/m.exec(text) ?? [];
    return {
      name: basename(file, ".py"),
      task,
      path,
      text,
      namedBy: named.split(", ").filter((word) => word !== ""),
    };
  });

const COLUMNS = ["id", "y"].map((name) => ({
  ...{ name, kind: "number" as const, integer: false, missing: 0, distinct: 2, examples: [] },
  ...{ min: null, max: null, meanLength: 1 },
}));
const table = { path: "train.csv", delimiter: ",", rows: 0, complete: true, columns: COLUMNS };
const task: Task = {
  ...{ name: "made", description: "", metric: "auc", direction: "maximize", modality: "tabular" },
  ...{ targets: [{ name: "y", kind: "binary", classes: [], positive: null }], train: table },
  ...{ test: null, otherTables: [], profile: "", timeLimitSeconds: null },
  submission: { sample: null, columns: ["id", "y"], idColumns: ["id"], rows: 0 },
};

const alarmsOf = (interpreter: string) => leakAlarms({ task, interpreter, split: "random" });

export interface Judged {
  script: Script;
  /** Why it did not run to its end; null when it did. */
  failed: string | null;
  alarms: Alarm[];
}

/** Runs scripts on the made tasks, with their labels and with those of a fold exchanged: what is wrong with each. */
export async function judge(
  interpreter: string,
  folder: string,
  scripts: readonly Script[],
): Promise<Judged[]> {
  const alarms = alarmsOf(interpreter);
  const taskOf = ({ task: name }: Script) => join(folder, "tasks", name);
  execFileSync(interpreter, [join(FIXTURES, "make_tasks.py"), join(folder, "tasks")]);
  const changed = new Map<string, Changed | null>();
  for (const runFolder of new Set(scripts.map(taskOf)))
    changed.set(runFolder, await alarms.permuted({ runFolder, seed: SEED }));
  const run = (lap: string, inputOf: (script: Script) => string) => {
    const jobs = scripts.map((script) => {
      const place = join(folder, lap, script.name);
      mkdirSync(join(place, "final"), { recursive: true });
      symlinkSync(inputOf(script), join(place, "input"));
      const truth = join(taskOf(script), "truth");
      return JSON.stringify({ script: script.path, folder: place, truth });
    });
    const output = execFileSync(interpreter, ["-W", "ignore", RUNNER], {
      input: jobs.join("\n"),
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    });
    const ended = output
      .trim()
      .split("\n")
      .map((line) => Ended.parse(JSON.parse(line)));
    return new Map(scripts.map((script, at) => [script, ended[at]]));
  };
  const before = run("before", (script) => join(taskOf(script), "view"));
  const after = run("after", (script) => changed.get(taskOf(script))?.input ?? "");

  const gapOf = (script: Script) => {
    const ended = before.get(script);
    if (ended?.problem !== null) return [];
    const { validation, holdout } = ended;
    const flatters = gain(holdout.score, validation.score, directionOf(script));
    const error = Math.hypot(validation.error, holdout.error);
    return [{ gap: flatters, error, score: validation.score }];
  };
  const siblingsOf = (script: Script) =>
    scripts.filter((other) => other !== script && isHonest(other) && other.task === script.task);

  return Promise.all(
    scripts.map(async (script) => {
      const first = before.get(script);
      const found: (Alarm | null)[] = await alarms.look(script.text);
      if (first?.problem === null) {
        const stdout = `${SCORE_MARKER} ${first.claim}`;
        const measured = { ...first.validation, interval: [0, 0] as [number, number], folds: [] };
        found.push(alarms.claim({ stdout }, measured, directionOf(script)));
      }
      for (const own of gapOf(script))
        found.push(alarms.gap(own, siblingsOf(script).flatMap(gapOf)));
      const view = changed.get(taskOf(script));
      const finalOf = (lap: string) => join(folder, lap, script.name, "final");
      if (view && after.get(script)?.problem === null)
        found.push(
          await alarms.judge({ changed: view, before: finalOf("before"), after: finalOf("after") }),
        );
      const failed = first?.problem ?? after.get(script)?.problem ?? null;
      return { script, failed, alarms: found.filter((alarm) => alarm !== null) };
    }),
  );
}

const directionOf = ({ task: name }: Script) => (name === "series" ? "minimize" : "maximize");

const isHonest = ({ namedBy }: Script) => namedBy.length === 0;
