import { join, resolve } from "node:path";
import type { Command } from "commander";
import { SettingsError } from "../core/errors.ts";
import { lockState } from "../record/run-lock.ts";
import { readRun } from "../record/run-record.ts";
import { overRun } from "./follow.ts";

type GradeFlags = { runsDir: string; answers: string; json?: boolean };

/** `mle-star grade <run-id> --answers FILE`: what a run's submission is worth by the labels that it never saw. */
export function addGradeCommand(program: Command): void {
  overRun(program, "grade", "score the submission of a run by the labels of its test rows")
    .requiredOption("--answers <file>", "the labels, in the columns of the submission")
    .option("--json", "the same as JSON")
    .action(async (runId: string, { runsDir, answers, json }: GradeFlags) => {
      const { task, settings, python } = readRun(runsDir, runId);
      const run = join(resolve(runsDir), runId);
      if (lockState(run) === "held")
        throw new SettingsError(`run ${runId}: it still works; grade it when it has ended`);
      // Loaded only here: the other commands start much faster without what reads and grades tasks.
      const { answersIn } = await import("../bench/answers.ts");
      const { gradeRow } = await import("../bench/grade-row.ts");
      const { openGrader } = await import("../bench/open-grader.ts");
      const { readRow } = await import("../bench/read-row.ts");
      const { linesOfRow } = await import("../bench/tables.ts");
      const row = await gradeRow(readRow(run, { task: task.name, seed: settings.seed }, null), {
        taskFolder: task.folder,
        answers: answersIn(answers),
        grader: openGrader({
          python: python ?? undefined,
          onProgress: (line) => console.error(line),
        }),
      });
      if (row.hidden === null) throw new SettingsError(`run ${runId}: ${row.problem}`);
      console.log(json ? JSON.stringify(row, null, 2) : linesOfRow(row).join("\n"));
    });
}
