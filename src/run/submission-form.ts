import { linkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { submissions } from "../../tools/check-submission/check-submission.ts";
import type { Measuring as Prepared } from "../../tools/measure/ground/prepare-ground.ts";
import { restoreSubmission } from "../../tools/measure/ground/restore-submission.ts";
import { MADE } from "../../tools/measure/units/find-roles.ts";
import type { ReadTask } from "../../tools/read-task/read-task.ts";
import type { RunPurpose, SubmissionCheck } from "../core/candidate.ts";
import { SUBMISSION_NAME } from "../record/attempt.ts";

/** Judges the submission that an attempt left, in the form its script was given; null where there is none. */
export type CheckSubmission = (
  attemptFolder: string,
  purpose: RunPurpose,
) => Promise<SubmissionCheck | null>;

/** The sample submission's name in the views. */
export const sampleOf = ({ draft }: ReadTask) => draft.submission.sample ?? MADE.sample;

/** What a run asks of submissions: those of the search have the view's form, all others the task's own. */
export function submissionForms(reading: ReadTask) {
  const { draft } = reading;
  const original = submissions(reading);

  /** A valid one is left in the task's own form beside. */
  const checkOn = ({ view, truth, ground }: Prepared): CheckSubmission => {
    const form = { ...draft, submission: { ...draft.submission, sample: sampleOf(reading) } };
    const inView = ground.mode === "claims" ? original : submissions({ folder: view, draft: form });
    return async (folder, purpose) => {
      const isView = purpose !== "submission" && ground.mode !== "claims";
      const [from, to] = [join(folder, "final", "submission.csv"), join(folder, SUBMISSION_NAME)];
      const checked = await (isView ? inView : original).check(from);
      if (checked?.valid !== true) return checked;
      rmSync(to, { force: true });
      if (isView) await restoreSubmission(truth, from, to);
      else linkSync(from, to);
      return checked;
    };
  };

  const agreement = (attemptFolder: string, other: string) =>
    original.agreement(join(attemptFolder, SUBMISSION_NAME), join(other, SUBMISSION_NAME));
  return { checkOn, agreement };
}
