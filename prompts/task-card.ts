import { isMeasured } from "../src/core/ground.ts";
import type { Common } from "../src/core/questions.ts";
import type { Table, Task } from "../src/core/task.ts";
import { listed, namesOf, oneLine } from "./excerpt.ts";

/** The metric and which way it improves, in words. */
export const metricInWords = ({ metric, direction }: Pick<Task, "metric" | "direction">): string =>
  `${oneLine(metric, 80)} (${direction === "minimize" ? "lower" : "higher"} is better)`;

const table = ({ path, rows, columns }: Table): string =>
  `./input/${oneLine(path, 120)} (${rows} rows; ${columns.length} columns: ${listed(namesOf(columns), 15)})`;

function files({ train, test, otherTables, submission }: Task): string {
  const tables = [train, test].filter((one) => one !== null);
  const others = otherTables.map(({ path }) => `./input/${path}`);
  const sample = submission.sample === null ? [] : [`./input/${submission.sample} (sample)`];
  const rest = [...others, ...sample];
  const named = [...tables.map(table), ...(rest.length > 0 ? [listed(rest, 6)] : [])];
  return named.length > 0 ? named.join("; ") : "see the data profile";
}

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

/** The task in six lines: what every agent is told. */
export const taskCard = ({
  task,
  settings,
  ground,
}: Pick<Common, "task" | "settings" | "ground">): string =>
  `- Goal: ${oneLine(task.description.replace(/^#+ /, ""), 300)}
- Metric: ${metricInWords(task)}
- Files: ${files(task)}
- Target: ${target(task)}
- Validation: ${held(ground)}
- Limits: ${settings.scriptSeconds} seconds for each script; at most ${settings.maxTrainRows} training rows while searching`;
