import type { Ground } from "../../../src/core/ground.ts";
import { isOwnMetric } from "../../../src/core/metric.ts";
import { METRICS } from "../../../src/core/metric-table.ts";
import type { Column, Target, WrittenNumber } from "../../../src/core/task.ts";
import { numberIn } from "../../read-task/cells/cell.ts";
import { oneHotColumns } from "../../read-task/find-targets.ts";
import { namedOnLines } from "../../read-task/long-sample.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { classText, type TruthRule, Unmeasurable } from "./asked.ts";
import type { Roles } from "./find-roles.ts";
import { firstRows } from "./walk.ts";

type Predicted = Pick<Ground, "predicts" | "classes" | "positive">;

const PREDICTS = { value: "numbers", probability: "probabilities", label: "labels" } as const;

/** What a line predicts: the metric says it, else the target. */
export async function kindOfPrediction(
  { sample, targets }: Roles,
  metric: string | null,
  { corrections, draft }: Pick<ReadTask, "corrections" | "draft">,
): Promise<Predicted> {
  const known = METRICS.find(({ name }) => name === metric);
  const isOwn = metric !== null && isOwnMetric(metric);
  if (metric !== null && known === undefined && !isOwn)
    throw new Unmeasurable(`The metric ${metric} is not one that is known here.`);
  const [target] = targets;
  const single = targets.length === 1 ? target : undefined;
  const isWide = single !== undefined && wideColumns(single, sample.columns) !== null;
  const predicts =
    isOwn && corrections.predicts !== undefined
      ? corrections.predicts
      : known !== undefined && known.predicts !== "other"
        ? PREDICTS[known.predicts]
        : targets.every(({ kind }) => kind === "regression")
          ? "numbers"
          : isWide
            ? "probabilities"
            : known === undefined
              ? (await isChance(sample, targets, draft.description))
                ? "probabilities"
                : "labels"
              : "texts";
  const classes = predicts === "numbers" || predicts === "texts" ? [] : (single?.classes ?? []);
  const positive = predicts === "probabilities" && !isWide ? positiveOf(single) : null;
  return { predicts, classes, positive };
}

/** Of two classes whether chances are asked for: by the sample's cells, which are no classes, or by the description. */
async function isChance(
  sample: Roles["sample"],
  targets: readonly Target[],
  description: string,
): Promise<boolean> {
  if (!targets.every(({ kind }) => kind === "binary")) return false;
  const last = (await firstRows(sample)).map((row) => sample.says(row.at(-1) ?? ""));
  const classes = new Set(targets.flatMap((target) => target.classes));
  const isOther = last.some(
    (cell) => !classes.has(classText(cell, true)) && numberIn(cell) !== null,
  );
  return isOther || /\bprobabilit/i.test(description);
}

/** Which column each prediction states, and what a row is asked for where it has several lines. */
export async function findTruth(
  { sample, train, targets }: Roles,
  { predicts }: Predicted,
  columns: readonly Column[] = [],
): Promise<{ truth: Map<string, TruthRule>; measures: string[] }> {
  const numeric = (target: Target) => target.classes.every((name) => numberIn(name) !== null);
  const rule = (target: Target): TruthRule => ({
    from: target.name,
    is: predicts === "probabilities" && target.kind !== "regression" ? positiveOf(target) : null,
    isNumber: numeric(target),
    written: writtenIn(columns, target.name),
  });
  const named = targets.filter(({ name }) => sample.columns.includes(name));
  if (named.length > 0 && named.length === targets.length)
    return { truth: new Map(named.map((target) => [target.name, rule(target)])), measures: [""] };
  const [single, ...others] = targets;
  const last = sample.columns.at(-1) ?? "";
  const measures = namedOnLines(
    await firstRows(sample),
    targets.map(({ name }) => name),
  );
  if (single !== undefined && measures !== null)
    return { truth: new Map([[last, { ...rule(single), from: null }]]), measures };
  if (single === undefined || others.length > 0)
    throw new Unmeasurable(`What is to be predicted stands in no column of ${train.path}.`);
  const wide = wideColumns(single, sample.columns);
  const { name: from, classes } = single;
  if (wide !== null)
    return {
      truth: new Map(
        wide.map((name, at) => [name, { from, is: classes[at] ?? "", isNumber: numeric(single) }]),
      ),
      measures: [""],
    };
  return { truth: new Map([[last, rule(single)]]), measures: [""] };
}

function writtenIn(columns: readonly Column[], name: string): WrittenNumber | undefined {
  const written = columns.find((column) => column.name === name)?.reading?.written;
  return written?.as === "number" ? written : undefined;
}

function wideColumns({ name, classes }: Target, columns: readonly string[]): string[] | null {
  return classes.length > 2 || (classes.length === 2 && columns.length > 2)
    ? oneHotColumns(name, classes, columns)
    : null;
}

/** Of two classes the one that a probability speaks of. */
const positiveOf = (target: Target | undefined): string | null =>
  target?.kind === "binary" ? (target.positive ?? target.classes.at(-1) ?? null) : null;
