import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Corrections, WantedSplit } from "../../src/core/corrections.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { metricNamed } from "../../src/core/metric.ts";
import { Modality } from "../../src/core/task.ts";
import { secondsIn } from "../../src/core/words/duration.ts";
import type { FolderFile } from "./list-folder.ts";
import { refuseLong } from "./task-folder.ts";

const [A_NAME, NAMES] = ["a name", "a name or a list of names"];
const A_DURATION = 'seconds, or a text such as "2h"';

const name = z.union([z.string().trim().min(1, A_NAME), z.number()], A_NAME).transform(String);
const names = z.union([name.transform((one) => [one]), z.array(name).min(1, NAMES)], NAMES);
const duration = z
  .union([z.string(), z.number()], A_DURATION)
  .transform((one) => secondsIn(String(one)))
  .pipe(z.number(A_DURATION).positive(A_DURATION));

/** What a person may fix about a task in its `task.yaml`; it wins over whatever is inferred. */
const TaskYaml = z.strictObject({
  name: name.optional(),
  metric: name.optional(),
  direction: Corrections.shape.direction,
  predicts: Corrections.shape.predicts,
  target: names.optional(),
  id: names.optional(),
  modality: z.enum(Modality.options, `one of ${Modality.options.join(", ")}`).optional(),
  time_limit: duration.optional(),
  train: name.optional(),
  test: name.optional(),
  sample_submission: name.optional(),
  positive: z.union([name, z.boolean()], "a class").transform(String).optional(),
  split: WantedSplit.optional(),
  drop: names.optional(),
  unit: name.optional(),
  folds: name.optional(),
  holdout: Corrections.shape.holdout,
  /** Of its text tables that are not in UTF-8, as Python calls it. */
  encoding: z
    .string("an encoding, such as cp1251")
    .regex(/^[\w-]{2,30}$/, "an encoding, such as cp1251")
    .optional(),
  dates: Corrections.shape.dates,
});
export type TaskYaml = z.infer<typeof TaskYaml>;

/** What a person fixed, wherever it was said. */
export interface Fixed extends TaskYaml {
  /** The part that can be a flag too. */
  corrections: Corrections;
  /** What a sentence about the field begins with. */
  said(field: keyof Corrections): string;
}

/** `task.yaml` with flags over it; a metric given by flag brings its own direction. */
export function withFlags(yaml: TaskYaml, flags: Corrections): Fixed {
  const { direction, ...rest } = yaml;
  const kept = flags.metric === undefined || metricNamed(flags.metric) === null ? yaml : rest;
  const both = { ...kept, ...flags };
  const isFlag = (field: string) => Object.hasOwn(flags, field);
  const said = (field: string) => (isFlag(field) ? `--${field}` : `task.yaml, ${field}`);
  return { ...both, corrections: Corrections.parse(both), said };
}

export const isTaskYaml = (path: string): boolean => /^task\.ya?ml$/i.test(path);

/** Reads `task.yaml` or `task.yml`; empty when the folder has none. */
export async function readTaskYaml(
  folder: string,
  files: readonly FolderFile[],
): Promise<TaskYaml> {
  const [found, second] = files.filter(({ path }) => isTaskYaml(path));
  if (found === undefined) return {};
  const { path, bytes } = found;
  if (second !== undefined)
    throw new SettingsError(`${folder} has both ${path} and ${second.path}; keep one of them`);
  refuseLong(path, bytes);
  const text = await readFile(join(folder, path), "utf8");
  const result = TaskYaml.safeParse(parseYaml(path, text) ?? {});
  if (result.success) return result.data;
  throw new SettingsError(`${path}: ${result.error.issues.slice(0, 1).map(sentence).join()}`);
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [reason] = error instanceof Error ? error.message.split("\n") : [];
    throw new SettingsError(`${path} is not valid YAML (${reason}); correct it`, { cause: error });
  }
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys")
    return `there is no field "${issue.keys[0]}"; the fields are ${Object.keys(TaskYaml.shape).join(", ")}`;
  const field = issue.path[0];
  return field === undefined
    ? `it must be a list of fields, such as "metric: rmse"`
    : `"${String(field)}" must be ${issue.message.replace(/^it is /, "")}`;
}
