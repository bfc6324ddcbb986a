import type { Block } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { pyList } from "../recipe/python.ts";
import { part } from "../recipe/recipe.ts";

const SCALES: Readonly<Record<string, { words: string; forward: string; backward: string }>> = {
  log1p: {
    words: "Learn the logarithm of the target, so that errors count in proportion.",
    forward: "np.log1p(np.maximum(values, 0))",
    backward: "np.expm1(values)",
  },
  sqrt: {
    words: "Learn the square root of the target: a milder taming of large values than a logarithm.",
    forward: "np.sqrt(np.maximum(values, 0))",
    backward: "np.maximum(values, 0) ** 2",
  },
};

/** What the models learn instead of the target itself, and the way back. */
export const targetTransform: Block = {
  name: "Target transform",
  applies: ({ kind }) => kind === "regression",
  initial: (facts) => (positive(facts) && proportional(facts) ? [part("log1p")] : []),
  python: ({ trainOnly }, [scale]) => {
    const { forward = "values", backward = "values" } = SCALES[scale?.name ?? ""] ?? {};
    return `def transform_target(values):
    """What the models learn."""
    return ${forward}


def restore_target(values, seen):
    """Predictions in the target's own unit, no farther from the values seen than these are from each other."""
    least, most = np.min(seen), np.max(seen)
    restored = np.clip(${backward}, least - (most - least), most + (most - least))
    return np.maximum(restored, 0) if least >= 0 else restored


def parts_of(target):
    """The columns that are learnt for a target: its components where they add up to it, else itself."""
    components = ${pyList(trainOnly.slice(0, 6))}
    adds_up = np.allclose(train[components].sum(axis=1), train[target])
    return components if adds_up else [target]`;
  },
  // Where errors count in proportion, the logarithm is what the metric itself uses.
  ideas: (facts) =>
    positive(facts) && !proportional(facts)
      ? Object.entries(SCALES).map(([name, { words }]) => ({ parts: [part(name)], words }))
      : [],
};

/** Whether no target is ever negative. */
const positive = ({ task, targets }: Facts): boolean =>
  targets.every(({ name }) => {
    const column = task.train?.columns.find((each) => each.name === name);
    return (column?.min ?? -1) >= 0 && (column?.max ?? 0) > 2;
  });

const proportional = ({ task }: Facts) => ["rmsle", "mape"].includes(task.metric);
