/**
 * Runs the built-in engineer over a folder of tasks and prints how often the hidden score is what was reported, within both
 * errors, over the tasks that the program calls exchangeable (drawn at random, hardly told apart), and what its best blend and
 * its best script score on the hidden rows: `node bench/coverage.ts <tasks> <answers> [seeds 3] [time 60s] [out]`. Called
 * again it goes on where it was.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { openGrader } from "../src/bench/open-grader.ts";
import type { Row } from "../src/bench/row.ts";
import { runBench } from "../src/bench/run-bench.ts";
import { tasksIn } from "../src/bench/tasks.ts";
import { gain } from "../src/core/candidate.ts";
import { type Attempt, SUBMISSION_NAME } from "../src/record/attempt.ts";
import { readEvents } from "../src/record/event-log.ts";
import { Ledger } from "../src/record/ledger.ts";

const HARDLY_APART = 0.55;
const Truth = z.object({ idColumns: z.array(z.string()), columns: z.array(z.string()) });
const [tasks, answers, seeds = "3", time = "60s", out = "benches/coverage"] = process.argv.slice(2);
if (tasks === undefined || answers === undefined) {
  console.error("usage: node bench/coverage.ts <tasks> <answers> [seeds] [time] [out]");
  process.exit(2);
}

const grader = openGrader({ python: undefined, onProgress: console.error });
const { rows } = await runBench(
  {
    ...{ tasks, answers, repeat: Number(seeds), against: null, out: resolve(out) },
    flags: { time, cache: false },
  },
  {
    command: [process.execPath, join(import.meta.dirname, "../src/cli.ts")],
    ...{ grader, signal: new AbortController().signal },
    onRow: ({ task, seed, status }, count, of) =>
      console.error(`[${count} of ${of}] ${task}, seed ${seed}: ${status}`),
  },
);
const answersOf = new Map(tasksIn(tasks, answers).map((one) => [one.name, one.answers]));

const told = await Promise.all(rows.map(tell));
for (const { line } of told) console.log(line);
const judged = told.filter(({ row, exchangeable }) => exchangeable && row.inside !== null);
const inside = judged.filter(({ row }) => row.inside).length;
console.log(`hidden score as reported: ${inside} of ${judged.length} exchangeable runs`);
const gains = told.flatMap(({ gained }) => gained ?? []);
const ahead = gains.filter((gained) => gained > 0).length;
const level = gains.filter((gained) => gained === 0).length;
console.log(
  `best blend before best script on hidden rows: ${ahead} of ${gains.length}, level ${level}`,
);

/** A run in a line, with what its blend gains over its best script where it has both. */
async function tell(row: Row) {
  const name = `${row.task}, seed ${row.seed}`;
  const scratchpad = join(row.run, "scratchpad.jsonl");
  if (!existsSync(scratchpad))
    return { row, exchangeable: false, gained: null, line: `${name}: ${row.problem}` };
  const ledger = Ledger.of(readEvents(scratchpad));
  const { ground, direction } = ledger;
  const isRandom = ground !== null && ["random", "stratified"].includes(ground.split.kind);
  const exchangeable = isRandom && (ground.apart?.auc ?? 0) < HARDLY_APART;
  const standing = ledger.standing().filter(({ measurement }) => measurement !== null);
  const [blend, script] = [true, false].map((wanted) =>
    standing.find((one) => (one.blend !== null) === wanted),
  );
  const [ofBlend, ofScript] = [await hidden(row, blend), await hidden(row, script)];
  const gained = ofBlend === null || ofScript === null ? null : gain(ofScript, ofBlend, direction);
  const facts = [
    `${exchangeable ? "exchangeable" : "not exchangeable"} (${ground?.split.kind}, AUC ${ground?.apart?.auc ?? "unknown"})`,
    `hidden ${row.hidden?.score.toPrecision(5)} ± ${row.hidden?.error.toPrecision(2)}`,
    `reported ${row.reported?.score.toPrecision(5)} ± ${row.reported?.error?.toPrecision(2)} (${row.inside ? "inside" : "outside"})`,
    `blend ${ofBlend?.toPrecision(5) ?? "none"}, script ${ofScript?.toPrecision(5) ?? "none"}`,
  ];
  return { row, exchangeable, gained, line: `${name}: ${facts.join("; ")}` };
}

/** What an attempt's submission of the search scores on the answers. */
async function hidden({ run, task, metric }: Row, attempt: Attempt | undefined) {
  const given = answersOf.get(task)?.file;
  const prediction = join(run, "attempts", attempt?.run?.id ?? "", SUBMISSION_NAME);
  if (given === undefined || metric === null || !existsSync(prediction)) return null;
  const stated: unknown = JSON.parse(readFileSync(join(run, "truth", "truth.json"), "utf8"));
  const { idColumns: ids, columns } = Truth.parse(stated);
  return (await grader({ truth: given, prediction, metric, ids, columns })).score;
}
