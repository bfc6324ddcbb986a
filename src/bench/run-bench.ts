import { join } from "node:path";
import { InterruptedError } from "../core/errors.ts";
import { type Flags, openBench, readResults, resultsOf, writeResults } from "./bench-folder.ts";
import { bringToEnd } from "./bring-to-end.ts";
import { compare } from "./compare.ts";
import { type Grader, gradeRow } from "./grade-row.ts";
import type { Row } from "./row.ts";
import type { Results } from "./tables.ts";
import { type BenchTask, slug, tasksIn } from "./tasks.ts";

export interface BenchPlan {
  /** The folder of tasks. */
  tasks: string;
  /** Each task runs with the seeds from 0 to one less than this. */
  repeat: number;
  flags: Flags;
  answers: string | null;
  /** Where runs, logs and results are kept. */
  out: string;
  /** The folder of an earlier benchmark to compare with. */
  against: string | null;
}

export interface Surroundings {
  /** How the program itself is called. */
  command: readonly string[];
  grader: Grader;
  onRow: (row: Row, count: number, of: number) => void;
  signal: AbortSignal;
}

/**
 * Carries out every task with every seed, one run after another, and grades each after its end. Called again with the same
 * plan, it keeps what is over and goes on with the rest. The results so far are in the folder after each run.
 */
export async function runBench(plan: BenchPlan, around: Surroundings): Promise<Results> {
  const { out, repeat, answers, against } = plan;
  const earlier = against === null ? null : readResults(against);
  const tasks = tasksIn(plan.tasks, answers);
  const settings = openBench(out, plan.tasks, plan.flags);
  // All tasks once before any a second time: a benchmark that is stopped has seen each.
  const runs = Array.from({ length: repeat }, (_, seed) =>
    tasks.map((task) => ({ task, seed })),
  ).flat();
  const rows: Row[] = [];
  const results = () => {
    const inOrder = tasks.flatMap(({ name }) => rows.filter(({ task }) => task === name));
    const compared = earlier && { folder: against ?? "", ...compare(inOrder, earlier) };
    return resultsOf(inOrder, compared);
  };
  for (const run of runs) {
    const row = await graded(run, { out, settings, ...around });
    if (around.signal.aborted)
      throw new InterruptedError("bench: interrupted; the same command goes on where it was");
    rows.push(row);
    around.onRow(row, rows.length, runs.length);
    writeResults(out, results());
  }
  return results();
}

async function graded(
  { task, seed }: { task: BenchTask; seed: number },
  { out, settings, command, grader, signal }: Surroundings & { out: string; settings: string },
): Promise<Row> {
  const runId = `${slug(task.name)}-seed-${seed}`;
  const [run, log] = [join(out, "runs", runId), join(out, "logs", `${runId}.log`)];
  const one = { task: task.name, taskFolder: task.folder, seed, run, log };
  const row = await bringToEnd(one, { command, settings }, signal);
  const { answers, folder: taskFolder } = task;
  return answers === null || signal.aborted ? row : gradeRow(row, { taskFolder, answers, grader });
}
