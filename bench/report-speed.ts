import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { makeRun } from "../tests/support/make-run.ts";

/**
 * How long `mle-star report` takes for 500 attempts with long plans, from the command to the files, how large these are, and
 * what `show`, `runs` and `--version` take beside it. The CPU time holds on a busy machine too.
 */
const REPEATS = 5;
const PLAN = "Smooth the mean of each place by its neighbours', weighted by distance and rows. ";
const runsFolder = makeRun("large", { refinements: 497, text: PLAN.repeat(5).trim() });
const TELL_CPU =
  "data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();console.error('cpu',user+system)})";

function timed(words: readonly string[]): { seconds: number; cpuSeconds: number } {
  const started = performance.now();
  const program = ["--import", TELL_CPU, resolve("src/cli.ts")];
  const { status, stderr } = spawnSync(process.execPath, [...program, ...words]);
  const microseconds = /^cpu (\d+)$/m.exec(stderr.toString())?.[1];
  if (status !== 0 || microseconds === undefined) throw new Error(stderr.toString());
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: Number(microseconds) / 1e6,
  };
}

const middle = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const inRuns = ["--runs-dir", runsFolder];
const start = tell("--version", ["--version"], null);
tell("runs", ["runs", ...inRuns], start);
tell("show", ["show", "large", ...inRuns], start);
tell("report", ["report", "large", ...inRuns], start);

/** Prints the middle of some repeats, against the program's mere start; returns its seconds. */
function tell(name: string, words: readonly string[], against: number | null): number {
  const times = Array.from({ length: REPEATS }, () => timed(words));
  const seconds = middle(times.map((one) => one.seconds));
  const cpu = middle(times.map((one) => one.cpuSeconds));
  const ratio = against === null ? "" : `, ${(seconds / against).toFixed(1)} times the start alone`;
  console.log(`${name.padEnd(10)} ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU${ratio}`);
  return seconds;
}

const megabytes = (name: string) =>
  (statSync(join(runsFolder, "large", name)).size / 1e6).toFixed(2);
console.log(
  `500 attempts: report.html ${megabytes("report.html")} MB, report.md ${megabytes("report.md")} MB`,
);
