import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Difference, Measurement } from "../../../src/core/measurement.ts";
import { metricNamed } from "../../../src/core/metric.ts";
import { METRICS } from "../../../src/core/metric-table.ts";
import type { Python } from "../../environments/interpreter-roots.ts";
import type { Executor } from "../../run-python/sandbox/executor.ts";
import { type Conversation, startConversation } from "./conversation.ts";

export interface ScorerOptions {
  /** The folder of the truth. */
  truth: string;
  /** Folders it may read besides, by their real paths: where attempts lie. */
  readable: readonly string[];
  /** A folder for its processes' files. */
  writable: string;
  /** A person's own metric, a Python file; null for one of the table. */
  metricFile: string | null;
  python: Python;
  /** What confines scripts confines the scorer. */
  executor: Executor;
  cpus?: number;
  memoryMb?: number;
}

const Answered = z.object({
  measurement: Measurement,
  gain: Difference.nullable(),
  members: z.array(z.object({ name: z.string(), score: z.number() })),
  /** Sentences on predictions that were left and cannot be blended. */
  notes: z.array(z.string()),
});

/** What holding predictions against the truth came to. */
export interface Scored extends Omit<z.infer<typeof Answered>, "measurement"> {
  /** What is wrong with them, for whoever mends the script; null when they were scored. */
  problem: string | null;
  measurement: Measurement | null;
}

export interface Scorer {
  /** Scores what an attempt left in `final`, and compares it with what lies in `parent`. */
  measure(request: { final: string; parent: string | null }): Promise<Scored>;
  close(): Promise<void>;
}

const MEASURE_SECONDS = 120;
const MEMORY_MB = 6144;
const Truth = z.object({ metric: z.string() });

/** The scorer of a run: it alone reads the truth. Its process starts with the first question. */
export function startScorer(options: ScorerOptions): Scorer {
  const { truth, readable, writable, python, executor, metricFile } = options;
  let conversation: Promise<Conversation> | null = null;
  const begin = async () =>
    startConversation({
      ...{ python, executor, writable, setup: await setUp(truth, metricFile) },
      readable: [truth, ...readable, ...(metricFile === null ? [] : [metricFile])],
      cpus: options.cpus ?? 1,
      memoryMb: options.memoryMb ?? MEMORY_MB,
    });
  const ask: Conversation["ask"] = async (request, seconds, use) => {
    conversation ??= begin();
    return (await conversation).ask(request, seconds, use);
  };
  return {
    measure(request) {
      return ask({ do: "measure", ...request }, MEASURE_SECONDS, (said) =>
        "problem" in said
          ? { problem: said.problem, measurement: null, gain: null, members: [], notes: [] }
          : { problem: null, ...Answered.parse(said.answer) },
      );
    },
    async close() {
      await (await conversation)?.close();
    },
  };
}

/** The first line of a process: the table of metrics, and which one it is. */
async function setUp(truth: string, custom: string | null): Promise<object> {
  const text = await readFile(join(truth, "truth.json"), "utf8");
  const { metric } = Truth.parse(JSON.parse(text));
  const metrics = METRICS.map(({ name, direction, scale }) => ({ name, direction, scale }));
  return { metrics, truth, metric, name: metricNamed(metric)?.name ?? metric, custom };
}
