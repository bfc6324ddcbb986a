import { realpathSync } from "node:fs";
import { SettingsError } from "../../../src/core/errors.ts";
import { Measurement } from "../../../src/core/measurement.ts";
import { metricNamed } from "../../../src/core/metric.ts";
import type { Python } from "../../environments/interpreter-roots.ts";
import { unconfined } from "../../run-python/sandbox/unconfined.ts";
import { startConversation } from "./conversation.ts";
import { TABLE } from "./set-up.ts";

export interface GradeRequest {
  /** A file of answers, and one of predictions, with the same columns. */
  truth: string;
  prediction: string;
  /** A metric of the table by any of its names, or the path of a Python file with `score(truth, prediction)`. */
  metric: string;
  ids: readonly string[];
  columns: readonly string[];
}

const GRADE_SECONDS = 300;
const MEMORY_MB = 6144;

/** Holds a person's file of predictions against his answers; what is wrong with either is refused in a sentence. */
export async function grade(
  { truth, prediction, metric, ids, columns }: GradeRequest,
  { python, writable }: { python: Python; writable: string },
): Promise<Measurement> {
  const custom = metric.endsWith(".py") ? realpathSync(metric) : null;
  const files = { truth: realpathSync(truth), prediction: realpathSync(prediction) };
  const conversation = startConversation({
    ...{ python, writable, executor: unconfined(), setup: { metrics: TABLE, truth: null } },
    readable: [...Object.values(files), ...(custom === null ? [] : [custom])],
    ...{ cpus: 1, memoryMb: MEMORY_MB },
  });
  const name = metricNamed(metric)?.name ?? metric;
  try {
    return await conversation.ask(
      { do: "grade", ...files, metric, name, ids, columns, custom, direction: "maximize" },
      GRADE_SECONDS,
      (said) => {
        if ("problem" in said) throw new SettingsError(said.problem);
        return Measurement.parse(said.answer);
      },
    );
  } finally {
    await conversation.close();
  }
}
