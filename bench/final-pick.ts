/**
 * Prints what each rule of the final pick would have handed out, by its hidden score, from the attempts that finished runs
 * recorded: `node bench/final-pick.ts <answers-folder> <run-folder>...`; answers lie in `<answers-folder>/<task>/answers.csv`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { gain } from "../src/core/candidate.ts";
import { type Attempt, isLevel, SUBMISSION_NAME } from "../src/record/attempt.ts";
import { readEvents } from "../src/record/event-log.ts";
import { Ledger } from "../src/record/ledger.ts";
import { pythonEnvironment } from "../tools/environments/python-environment.ts";
import { grade } from "../tools/measure/scorer/grader.ts";

const MOST_EQUALS = 5;
const Truth = z.object({ idColumns: z.array(z.string()), columns: z.array(z.string()) });
const HeldOut = z.object({ first: z.object({ score: z.number() }).nullable() });
const [answers, ...runs] = process.argv.slice(2);
if (answers === undefined || runs.length === 0) {
  console.error("usage: node bench/final-pick.ts <answers-folder> <run-folder>...");
  process.exit(2);
}
const python = await pythonEnvironment({ environment: process.env, onProgress: () => {} });

const read = <T>(path: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(path, "utf8")));

for (const run of runs) {
  const ledger = Ledger.of(readEvents(join(run, "scratchpad.jsonl")));
  const { task, direction } = ledger;
  const name = ledger.run?.task ?? "";
  const { idColumns: ids, columns } = read(join(run, "truth", "truth.json"), Truth);
  const better = (a: number, b: number) => gain(a, b, direction);
  const firstHalf = ({ run: ran }: Attempt): number | null => {
    const sealed = join(run, "truth", "held-out", `${ran?.id.replaceAll("/", "+")}.json`);
    return existsSync(sealed) ? (read(sealed, HeldOut).first?.score ?? null) : null;
  };
  const hidden = async ({ run: ran }: Attempt): Promise<number> => {
    const writable = mkdtempSync(join(tmpdir(), "final-pick-"));
    const request = {
      truth: join(answers, name, "answers.csv"),
      prediction: join(run, "attempts", ran?.id ?? "", SUBMISSION_NAME),
      ...{ metric: task?.metric ?? "", ids, columns },
    };
    try {
      return (await grade(request, { python, writable })).score;
    } finally {
      rmSync(writable, { recursive: true, force: true });
    }
  };
  const standing = ledger.standing().filter(({ measurement }) => measurement !== null);
  const [best] = standing;
  if (best === undefined) continue;
  const known = standing.filter((one) => firstHalf(one) !== null);
  const byHalf = (among: readonly Attempt[]) =>
    among.toSorted((a, b) => better(firstHalf(a) ?? 0, firstHalf(b) ?? 0))[0] ?? best;
  const level = known.filter((one) => isLevel(one, best));
  const rules: Record<string, Attempt> = {
    "validation alone": best,
    "best script": standing.find(({ blend }) => blend === null) ?? best,
    "hold-out among the level five": byHalf(level.slice(0, MOST_EQUALS)),
    "hold-out among the level three": byHalf(level.slice(0, 3)),
    "hold-out alone": byHalf(known),
  };
  const scores: string[] = [];
  for (const [rule, attempt] of Object.entries(rules))
    scores.push(`${rule}: ${(await hidden(attempt)).toPrecision(6)}`);
  console.log(`${name} (${run}): ${scores.join("; ")}`);
}
