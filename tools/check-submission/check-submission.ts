import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from "node:fs";
import type { SubmissionCheck } from "../../src/core/candidate.ts";
import { SettingsError } from "../../src/core/errors.ts";
import { type CsvFile, openCsv } from "../read-task/csv-file.ts";
import { counted, countOf, fileSize, listed } from "../read-task/figures.ts";
import { compareSubmission } from "./compare-submission.ts";
import {
  type CheckedTask,
  type ExpectedColumn,
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

const SLACK_BYTES = 2 ** 20;
const HEADER_SLACK_BYTES = 64 * 2 ** 10;
const NUMBER_BYTES = 128;
const TEXT_BYTES = 16 * 2 ** 10;
const MOST_CHARACTERS = 1000;

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
      if (error instanceof SettingsError) return unreadable(inBrief(error.message));
      if (error instanceof RangeError) return unreadable(`${NAME} is too large to be read`);
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
          return { valid: problem === null, problem: problem && inBrief(problem) };
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

async function opened(path: string, expected: ExpectedSubmission): Promise<CsvFile | null> {
  if (!existsSync(path)) return null;
  refuseBulk(path, expected);
  return openCsv(
    NAME,
    () => createReadStream(path, { highWaterMark: 2 ** 20 }),
    expected.delimiter,
  );
}

/** Refuses what no honest submission can be, before it takes memory. */
function refuseBulk(path: string, { rows, columns, source }: ExpectedSubmission): void {
  const { size } = statSync(path);
  const perRow = columns.reduce((sum, column) => sum + cellBytes(column), 0);
  const most = SLACK_BYTES + (rows + 1) * perRow;
  if (size > most)
    throw new SettingsError(
      `${NAME} has ${fileSize(size)}, too many for the ${countOf(rows, "row")} of ${source}: write one line for each`,
    );
  const names = columns.map(({ name }) => name);
  const mostHeader = HEADER_SLACK_BYTES + 4 * Buffer.byteLength(names.join());
  if (size > mostHeader && !firstBytes(path, mostHeader).includes("\n"))
    throw new SettingsError(
      `${NAME} begins with a line of more than ${counted(mostHeader)} characters where ${source} has the columns ${listed(names)}: write exactly these`,
    );
}

/** The most that an honest cell takes: a number with all its digits, a label, an id, or a text. */
const cellBytes = ({ isId, numeric, classes, name }: ExpectedColumn): number => {
  const longest = (classes ?? []).reduce((most, label) => Math.max(most, label.length), 0);
  return (
    4 * Math.max(name.length, longest) +
    (isId || numeric || classes !== null ? NUMBER_BYTES : TEXT_BYTES)
  );
};

function firstBytes(path: string, most: number): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(most);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** A sentence of a script's own words may be as long as its file. */
const inBrief = (problem: string): string =>
  problem.length <= MOST_CHARACTERS ? problem : `${problem.slice(0, MOST_CHARACTERS)} ...`;
