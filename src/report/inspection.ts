import { z } from "zod";
import { Direction } from "../core/candidate.ts";
import { Ground } from "../core/ground.ts";
import { Modality, NotShown, Target } from "../core/task.ts";

const Note = z.object({ column: z.string(), note: z.string() });
const Rows = z.object({ path: z.string(), rows: z.number(), isEstimate: z.boolean() }).nullable();

/** What a run is expected to take. */
export const ExpectedRun = z.object({
  scripts: z.number(),
  /** The time limit of each. */
  scriptSeconds: z.number(),
  /** Roughly, in all, within the cap. */
  seconds: z.number(),
  mostSeconds: z.number().nullable(),
  /** Scripts that there is time for, roughly, and what gave way for them; null where no cap limits time, and where nothing did. */
  fits: z.number().nullable(),
  gaveWay: z.string().nullable(),
  /** Of language models; the built-in engineer asks none. */
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  mostTokens: z.number().nullable(),
  /** Roughly; null where the model's price is not known. */
  usd: z.number().nullable(),
});
export type ExpectedRun = z.infer<typeof ExpectedRun>;

/** What was understood of a task before anything is spent on it. */
export const Inspection = z.object({
  name: z.string(),
  folder: z.string(),
  targets: z.array(Target),
  metric: z.string().nullable(),
  direction: Direction.nullable(),
  modality: Modality.nullable(),
  ids: z.array(z.string()),
  /** What speaks for each of them. */
  reasons: z.object({
    target: z.string(),
    id: z.string(),
    metric: z.string(),
    positive: z.string().nullable(),
  }),
  train: Rows,
  test: Rows,
  /** How days and moments are written, by all rows that were read. */
  dates: z.array(Note),
  /** How numbers, yes and no, and gaps are, where it is not plain. */
  readings: z.array(Note),
  ignored: z.array(Note),
  noted: z.array(Note),
  /** Other tables, with the columns by which they join. */
  sideTables: z.array(
    z.object({ path: z.string(), rows: z.number(), joinsBy: z.array(z.string()) }),
  ),
  /** What scripts see of the folder, in a few words each. */
  shown: z.array(z.string()),
  /** What no script sees, and why. */
  withheld: z.array(NotShown),
  /** What scores will stand on. */
  ground: Ground,
  model: z.string(),
  expected: ExpectedRun,
  /** Why a run would be refused as things are; null where it would begin. */
  obstacle: z.string().nullable(),
});
export type Inspection = z.infer<typeof Inspection>;

/** As much of it as is known when a run begins. */
export type Beginning = Omit<Inspection, "ground" | "obstacle">;
