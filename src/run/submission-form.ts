import { linkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { submissions } from "../../tools/check-submission/check-submission.ts";
import type { Measuring as Prepared } from "../../tools/measure/ground/prepare-ground.ts";
import { restoreSubmission } from "../../tools/measure/ground/restore-submission.ts";
import { MADE } from "../../tools/measure/units/find-roles.ts";
import type { ReadTask } from "../../tools/read-task/read-task.ts";
import type { RunPurpose, SubmissionCheck } from "../core/candidate.ts";
import { SettingsError } from "../core/errors.ts";
import { SUBMISSION_NAME } from "../record/attempt.ts";

/** Judges the submission that an attempt left, in the form its script was given; null where there is none. */
type CheckSubmission = (
  attemptFolder: string,
  purpose: RunPurpose,
) => Promise<SubmissionCheck | null>;

/** The sample submission's name in the views. */
export const sampleOf = ({ draft }: ReadTask) => draft.submission.sample ?? MADE.sample;

/** What a run asks of submissions: those of the search have its view's form, all others that of the final run's. */
export function submissionForms(reading: ReadTask, { view, finalView, truth, ground }: Prepared) {
  const { draft } = reading;
  const form = { ...draft, submission: { ...draft.submission, sample: sampleOf(reading) } };
  const isClaim = ground.mode === "claims";
  const given = submissions(reading);
  const inSearch = isClaim ? given : submissions({ folder: view, draft: form });
  // A task of one table has no form but that which its views were given.
  const isAlone = draft.test === null && draft.submission.sample === null;
  const original = isClaim || !isAlone ? given : submissions({ folder: finalView, draft: form });

  /** A valid one is left in the task's own form beside. */
  const check: CheckSubmission = async (folder, purpose) => {
    const isView = purpose !== "submission" && !isClaim;
    const [from, to] = [join(folder, "final", "submission.csv"), join(folder, SUBMISSION_NAME)];
    const checked = await (isView ? inSearch : original).check(from);
    if (checked?.valid !== true) return checked;
    rmSync(to, { force: true });
    if (!isView) linkSync(from, to);
    else
      try {
        await restoreSubmission(truth, from, to);
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        // A table that can be read in two ways is a finding about the script.
        rmSync(to, { force: true });
        return { valid: false, problem: error.message.replaceAll(from, "final/submission.csv") };
      }
    return checked;
  };

  const agreement = (attemptFolder: string, other: string) =>
    original.agreement(join(attemptFolder, SUBMISSION_NAME), join(other, SUBMISSION_NAME));
  return { check, agreement };
}
