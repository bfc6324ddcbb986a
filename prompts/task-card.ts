import { isMeasured } from "../src/core/ground.ts";
import { metricNamed } from "../src/core/metric.ts";
import type { Common } from "../src/core/questions.ts";
import type { Table, Task } from "../src/core/task.ts";
import { goalOf } from "./description.ts";
import { listed, oneLine } from "./excerpt.ts";
import { untrusted } from "./fence.ts";

type Measure = Pick<Task, "metric" | "direction">;

const toward = ({ direction }: Measure): string =>
  `(${direction === "minimize" ? "lower" : "higher"} is better)`;

/** The metric and which way it improves, in words; one that the program does not know by name stands in the task card alone. */
export const metricInWords = (task: Measure): string =>
  `${metricNamed(task.metric)?.name ?? "score by the task's metric"} ${toward(task)}`;

const inInput = (path: string): string => `./input/${oneLine(path, 120)}`;

const table = ({ path, rows, columns }: Table): string =>
  `${inInput(path)} (${rows} rows, ${columns.length} columns)`;

function files({ train, test, otherTables, submission }: Task): string {
  const tables = [train, test].filter((one) => one !== null);
  const others = otherTables.map(({ path }) => inInput(path));
  const sample = submission.sample === null ? [] : [`${inInput(submission.sample)} (sample)`];
  const rest = [...others, ...sample];
  const named = [...tables.map(table), ...(rest.length > 0 ? [listed(rest, 6)] : [])];
  return named.length > 0 ? named.join("; ") : "see the data profile";
}

const leftOut = ({ ground }: Pick<Common, "ground">): string =>
  isMeasured(ground) && ground.leftOut.length > 0
    ? `\n- Not in ./input: ${listed(
        ground.leftOut.map(({ path, reason }) => `${oneLine(path, 40)} (${reason})`),
        5,
      )}`
    : "";

const target = ({ targets, submission }: Task): string =>
  targets.length === 0
    ? `what the description asks for (submission columns: ${listed(submission.columns, 8)})`
    : targets
        .slice(0, 8)
        .map(({ name, kind, classes, positive }) =>
          kind === "regression"
            ? `${oneLine(name, 80)} (a number)`
            : `${oneLine(name, 80)} (${kind}, ${classes.length} classes: ${listed(classes, 8)}${positive === null ? "" : `; a single probability is that of ${oneLine(positive, 80)}`})`,
        )
        .join("; ");

const held = (ground: Common["ground"]): string => {
  if (!isMeasured(ground)) return "scores are what scripts print, on rows they hold out";
  const { folds, noun, units, split } = ground;
  const by = split.by === null ? "" : ` by ${oneLine(split.by, 60)}`;
  return `measured by the program on ${units.validation} of ${units.train} training units (${oneLine(noun, 40)}) in ${folds} ${folds === 1 ? "fold" : "folds"}, split ${split.kind}${by}`;
};

/** The task in a few lines: what every agent is told. */
export const taskCard = ({
  task,
  settings,
  ground,
}: Pick<Common, "task" | "settings" | "ground">): string =>
  `${untrusted(
    "task folder",
    `- Goal: ${goalOf(task.description)}
- Metric: ${oneLine(task.metric, 80)} ${toward(task)}
- Files: ${files(task)}${leftOut({ ground })}
- Target: ${target(task)}
- Validation: ${held(ground)}`,
  )}
- Limits: ${settings.scriptSeconds} seconds for a script, or less where the end of the question says so; at most ${settings.maxTrainRows} training rows while searching`;
