import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonEnvironment } from "../../tools/environments/python-environment.ts";
import { grade } from "../../tools/measure/scorer/grader.ts";
import type { Grader } from "./grade-row.ts";

/** Grades with the scorer of runs, one process for each call; `python` is another than the managed one. */
export const openGrader =
  (options: { python: string | undefined; onProgress: (line: string) => void }): Grader =>
  async (of) => {
    const python = await pythonEnvironment({ ...options, environment: process.env });
    const writable = mkdtempSync(join(tmpdir(), "mle-star-grade-"));
    try {
      return await grade(of, { python, writable });
    } finally {
      rmSync(writable, { recursive: true, force: true });
    }
  };
