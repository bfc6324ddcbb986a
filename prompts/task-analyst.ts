import type { TaskAnalystInput } from "../src/core/questions.ts";
import { instructions, ROLE } from "./briefing.ts";
import { excerpt, listed, namesOf, oneLine } from "./excerpt.ts";
import { untrusted } from "./fence.ts";

const known = (value: string | null): string =>
  value === null ? "not stated: yours to find" : oneLine(value, 120);

/** Asks for what the task does not say in a form a program can read: metric, direction and modality. */
export const taskAnalystPrompt = ({ draft, settings }: TaskAnalystInput): string => `${ROLE}
${instructions(settings)}
# Your question
A task was read from a folder, but not all of it could be understood by rules. Read its description and its data, and say:
- metric: the name of the metric that submissions are scored by. Use the common short name in lower case when there is one (rmse, rmsle,
  mae, mape, r2, accuracy, balanced_accuracy, f1, f1_macro, f1_micro, f1_weighted, roc_auc, log_loss, quadratic_kappa, mcc), else the task's own words.
- direction: "minimize" for an error or a loss, "maximize" for a score that grows with quality.
- modality: what the rows to predict are made of: "tabular", "text", "image", "audio" or "other".

Keep what is already known. When the description names several metrics, take the one that ranks submissions.

# Already known
${untrusted(
  "task folder",
  `- metric: ${known(draft.metric)}
- direction: ${known(draft.direction)}
- modality: ${known(draft.modality)}
- targets: ${draft.targets.length === 0 ? known(null) : listed(namesOf(draft.targets), 20)}
- columns of the submission: ${listed(draft.submission.columns, 40)}`,
)}

# Task description
${untrusted("task description", excerpt(draft.description, 6000))}

# Data profile
${untrusted("data profile", excerpt(draft.profile, 6000))}

# Answer
One JSON object with the fields metric, direction and modality.
`;
