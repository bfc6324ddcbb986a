import { understand } from "../../tools/measure/ground/understand.ts";
import { columnNotes } from "../../tools/read-task/notes/column-notes.ts";
import { type ReadTask, readTask } from "../../tools/read-task/read-task.ts";
import { type Caps, NO_CAPS } from "../core/caps.ts";
import { SettingsError } from "../core/errors.ts";
import type { Ground } from "../core/ground.ts";
import { ModelChoice } from "../core/model-choice.ts";
import type { Settings } from "../core/settings.ts";
import type { Table } from "../core/task.ts";
import type { Beginning, Inspection } from "../report/inspection.ts";
import { type NewRun, settingsFor } from "./admission.ts";
import { checkModel } from "./choose-model.ts";
import { expectedRun } from "./expected-run.ts";

/** What a run as it is asked for would understand of its task, and take; large tables are sampled. */
export async function inspectTask(
  run: Pick<NewRun, "taskFolder" | "settings" | "model" | "choice" | "caps" | "corrections">,
  environment: NodeJS.ProcessEnv,
): Promise<Inspection> {
  const corrections = run.corrections ?? {};
  const reading = await readTask(run.taskFolder, { corrections, isGlance: true });
  const choice = ModelChoice.parse({ ...run.choice, model: run.model });
  const settings = settingsFor(run.settings, reading);
  const { seed, holdout } = settings;
  const { metric } = reading.draft;
  const ground = await understand(reading, { metric, seed, holdout });
  const obstacle = obstacleTo(() => checkModel(choice, reading.draft, environment));
  const wanted = { settings, choice, caps: run.caps ?? NO_CAPS };
  return { ...(await beginningOf(reading, wanted, ground)), ground, obstacle };
}

interface Wanted {
  settings: Settings;
  choice: ModelChoice;
  caps: Caps;
}

/** The same of a task that was read; without a ground, what there is to say before one is made. */
export async function beginningOf(
  reading: ReadTask,
  { settings, choice, caps }: Wanted,
  ground: Ground | null,
): Promise<Beginning> {
  const { draft, folder, withheld, reasons } = reading;
  const { train, test, otherTables, submission } = draft;
  const timed = { ...caps, seconds: caps.seconds ?? draft.timeLimitSeconds };
  return {
    name: draft.name,
    folder,
    targets: draft.targets,
    metric: draft.metric,
    direction: draft.direction,
    modality: draft.modality,
    ids: submission.idColumns,
    reasons,
    train: rowsOf(train),
    test: rowsOf(test),
    ...(await columnNotes(reading)),
    sideTables: otherTables.map((table) => ({
      path: table.path,
      rows: table.rows,
      joinsBy: sharedBy([table, train, test]),
    })),
    withheld,
    model: choice.model,
    expected: expectedRun(draft, ground?.mode !== "claims", { settings, choice, caps: timed }),
  };
}

const rowsOf = (table: Table | null): Inspection["train"] =>
  table && { path: table.path, rows: table.rows, isEstimate: !table.complete };

/** Columns that all the tables have that there are. */
function sharedBy([first, ...others]: readonly (Table | null)[]): string[] {
  const names = (table: Table) => table.columns.map(({ name }) => name);
  return (first ? names(first) : []).filter((name) =>
    others.every((table) => table === null || names(table).includes(name)),
  );
}

/** The sentence that an attempt is refused with. */
function obstacleTo(attempt: () => void): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}
