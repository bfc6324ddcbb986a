import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pythonEnvironment } from "../../tools/environments/python-environment.ts";
import { startScorer } from "../../tools/measure/scorer/scorer.ts";
import type { Grader } from "./grade-row.ts";

/** Grades with the scorer of runs, one process for each call; `python` is another than the managed one. */
export const openGrader =
  (options: { python: string | undefined; onProgress: (line: string) => void }): Grader =>
  async (of) => {
    const python = await pythonEnvironment({ ...options, environment: process.env });
    const writable = mkdtempSync(join(tmpdir(), "mle-star-grade-"));
    const readable = [dirname(of.truth), dirname(of.prediction)];
    const scorer = startScorer({ truth: dirname(of.truth), readable, writable, python });
    try {
      return await scorer.grade(of);
    } finally {
      await scorer.close();
      rmSync(writable, { recursive: true, force: true });
    }
  };
