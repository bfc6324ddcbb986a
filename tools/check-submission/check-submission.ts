import { createReadStream, existsSync } from "node:fs";
import type { SubmissionCheck } from "../../src/core/candidate.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { type CsvFile, openCsv } from "../read-task/csv-file.ts";
import { compareSubmission } from "./compare-submission.ts";
import {
  type CheckedTask,
  type ExpectedSubmission,
  expectedSubmission,
} from "./expected-submission.ts";
import { agreementOf } from "./submission-agreement.ts";

/** What can be said of submissions of one form. */
export interface Submissions {
  /** Judges the one at the path; null where there is none. */
  check(path: string): Promise<SubmissionCheck | null>;
  /** How alike the predictions of two are, on average over the columns; null unless both are there and valid. */
  agreement(path: string, other: string): Promise<number | null>;
}

/** What messages call it, wherever it lies: the path that scripts write to. */
const NAME = "final/submission.csv";

/** The submissions of one task, whose sample is read once and kept. Their files were taken over: no script can reach them. */
export function submissions(reading: { folder: string; draft: CheckedTask }): Submissions {
  let kept: Promise<ExpectedSubmission> | null = null;
  async function judged<T>(
    judge: (expected: ExpectedSubmission) => Promise<T>,
    unreadable: (problem: string) => T,
  ): Promise<T> {
    kept ??= expectedSubmission(reading.folder, reading.draft);
    const expected = await kept;
    try {
      return await judge(expected);
    } catch (error) {
      // What cannot be read as a table is a finding about the script, not about the task.
      if (error instanceof SettingsError) return unreadable(error.message);
      throw error;
    }
  }
  return {
    check: (path) =>
      judged<SubmissionCheck | null>(
        async (expected) => {
          const submission = await opened(path, expected);
          if (submission === null) return null;
          const problem = await compareSubmission(submission, expected);
          return { valid: problem === null, problem };
        },
        (problem) => ({ valid: false, problem }),
      ),
    agreement: (path, other) =>
      judged(
        async (expected) => {
          const [one, two] = [await opened(path, expected), await opened(other, expected)];
          return one && two && agreementOf(one, two, expected.columns);
        },
        () => null,
      ),
  };
}

async function opened(path: string, { delimiter }: ExpectedSubmission): Promise<CsvFile | null> {
  return existsSync(path) ? openCsv(NAME, () => createReadStream(path), delimiter) : null;
}
