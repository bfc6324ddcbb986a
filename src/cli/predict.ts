import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { InterruptedError } from "../core/errors.ts";
import { visible } from "../report/visible.ts";
import { overRun } from "./follow.ts";

interface PredictFlags {
  runsDir: string;
  out?: string;
  media?: string;
}

/** `mle-star predict <run-id> <new-rows>`: predictions for rows that the run never saw, by its best solution. */
export function addPredictCommand(program: Command): void {
  const says = "predict new rows by the best solution of a run, in the sandbox";
  overRun(program, "predict", says)
    .argument("<new-rows>", "a table with the columns of the test table: CSV, JSON, Parquet")
    .option("--media <folder>", "the files that the rows speak of, called as those of the test set")
    .option("-o, --out <file>", "where the predictions go, as CSV (default: standard output)")
    .action(async (runId: string, rows: string, { runsDir, out, media }: PredictFlags) => {
      // Loaded only here: the other commands start much faster without what runs scripts.
      const { predictRows } = await import("../run/predict/predict-rows.ts");
      const scratch = mkdtempSync(join(tmpdir(), "mle-star-predict-"));
      try {
        const into = out ?? join(scratch, "predictions.csv");
        const onNotice = (line: string) => console.error(visible(line));
        const aborter = new AbortController();
        for (const signal of ["SIGINT", "SIGTERM"] as const)
          process.once(signal, () => aborter.abort(new InterruptedError("predict: interrupted")));
        await predictRows(
          { runsFolder: runsDir, runId, rows, media: media ?? null, into },
          { environment: process.env, onNotice, signal: aborter.signal },
        );
        if (out === undefined) process.stdout.write(readFileSync(into));
      } finally {
        rmSync(scratch, { recursive: true, force: true });
      }
    });
}
