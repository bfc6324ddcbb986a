import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { metricNamed } from "../../../src/core/metric.ts";
import { METRICS } from "../../../src/core/metric-table.ts";
import type { ScorerOptions } from "./scorer.ts";

/** The one table of metrics, as Python reads it. */
export const TABLE = METRICS.map(({ name, direction, scale }) => ({
  name,
  direction,
  scale,
})).filter(({ scale }) => scale !== null);

const Truth = z.object({ metric: z.string() });

/** The first line of a run's process: the table, which metric it is, and where samples lie. */
export async function setUp(options: ScorerOptions): Promise<object> {
  const { truth, view, finalView, sample, metricFile, train = null } = options;
  const { metric } = Truth.parse(JSON.parse(await readFile(join(truth, "truth.json"), "utf8")));
  return {
    metrics: TABLE,
    truth,
    ...{ view, train },
    metric: metricNamed(metric)?.name ?? metric,
    custom: metricFile,
    sampleName: sample,
    sample: sample === null ? null : join(view, sample),
    finalSample: sample === null || finalView === null ? null : join(finalView, sample),
  };
}
