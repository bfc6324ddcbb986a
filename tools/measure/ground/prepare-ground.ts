import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ground } from "../../../src/core/ground.ts";
import type { Task } from "../../../src/core/task.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { Unmeasurable } from "../units/asked.ts";
import { findAsked } from "../units/find-asked.ts";
import { planUnits } from "../units/plan-units.ts";
import { requireRoundTrip } from "../units/round-trip.ts";
import { freshValues } from "../view/work.ts";
import { writeViews } from "../view/write-view.ts";
import { describeView } from "./describe-view.ts";
import { findSplit, weightOf } from "./find-split.ts";
import { claimed, measured, tooFew } from "./ground-of.ts";
import { makeInputFolder } from "./input-folder.ts";

/** What a run measures on; the folders are absolute. */
export interface Measuring {
  ground: Ground;
  /** `./input` of every script of the search. */
  view: string;
  /** `./input` of scripts of the final run. */
  finalView: string;
  /** What the scorer alone reads. */
  truth: string;
}

export interface GroundOptions {
  reading: ReadTask;
  task: Task;
  runFolder: string;
  seed: number;
  holdout: "auto" | "none" | number;
  /** How much dearer training is for the run than usual: with little time it has fewer folds. */
  dearness?: number;
}

/** Writes views and truth of a run, whole or not at all; a run that has them keeps them. */
export async function prepareGround(options: GroundOptions): Promise<Measuring> {
  const { runFolder } = options;
  const folders = foldersIn(runFolder);
  const known = join(folders.truth, "ground.json");
  if (!existsSync(known)) await write(options, folders);
  const ground = Ground.parse(JSON.parse(readFileSync(known, "utf8")));
  return { ground, ...folders };
}

const foldersIn = (folder: string) => ({
  view: join(folder, "view"),
  finalView: join(folder, "view-final"),
  truth: join(folder, "truth"),
});

async function write(options: GroundOptions, folders: Omit<Measuring, "ground">): Promise<void> {
  const { task, seed } = options;
  const unfinished = join(options.runFolder, "ground.unfinished");
  for (const folder of [unfinished, ...Object.values(folders)])
    rmSync(folder, { recursive: true, force: true });
  const made = { ...foldersIn(unfinished), scratch: join(unfinished, "scratch") };
  mkdirSync(made.truth, { recursive: true });
  const { ground, stated } = await prepared(options, made);
  const about = { metric: task.metric, direction: task.direction, mode: ground.mode, seed };
  writeFileSync(join(made.truth, "truth.json"), JSON.stringify({ ...about, ...stated }, null, 2));
  writeFileSync(join(made.truth, "ground.json"), JSON.stringify(ground, null, 2));
  // Truth is the last: a folder that has it has all.
  for (const name of ["view", "finalView", "truth"] as const) renameSync(made[name], folders[name]);
  rmSync(unfinished, { recursive: true });
}

type Made = Omit<Measuring, "ground"> & { scratch: string };

async function prepared(options: GroundOptions, made: Made) {
  const { reading, task, seed, holdout, dearness = 1 } = options;
  try {
    const asked = await findAsked(reading, task.metric);
    await requireRoundTrip(asked);
    const { draft, corrections } = reading;
    const split = await findSplit(asked, reading);
    const plan = await planUnits(asked, split, {
      ...{ weight: dearness * weightOf(draft), seed, holdout, corrections },
    });
    if (plan.units.validation === 0) throw new Unmeasurable(tooFew(split));
    const fresh = await freshValues(asked, plan, seed);
    const work = { asked, plan, seed, fresh, folder: reading.folder, ...made };
    const leftOut = await writeViews(work, reading);
    const columns = (wanted: "id" | "truth") =>
      asked.columns.flatMap((column) => (wanted in column ? column.name : []));
    const { predicts, classes, positive } = asked;
    const stated = { idColumns: columns("id"), columns: columns("truth") };
    return {
      ground: {
        ...measured(asked, plan, split.apart),
        leftOut,
        seen: await describeView(reading, asked, made.view),
      },
      stated: { ...stated, predicts, classes, positive },
    };
  } catch (error) {
    if (!(error instanceof Unmeasurable)) throw error;
    for (const folder of [made.view, made.finalView]) {
      rmSync(folder, { recursive: true, force: true });
      makeInputFolder(folder, reading);
    }
    return { ground: claimed(reading.draft, error.message), stated: {} };
  }
}
