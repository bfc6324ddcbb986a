/** The library: what programs that start, resume and read runs import as `mle-star`. */
export type { NewRun, RunResult } from "./run/run.ts";
export { resumeRun, startRun } from "./run/run.ts";
