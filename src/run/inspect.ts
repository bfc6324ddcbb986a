import { understand } from "../../tools/measure/ground/understand.ts";
import { type ReadTask, readTask } from "../../tools/read-task/read-task.ts";
import { inFewLines } from "../../tools/read-task/withheld.ts";
import type { Caps } from "../core/caps.ts";
import { SettingsError } from "../core/errors.ts";
import type { Ground } from "../core/ground.ts";
import { ModelChoice } from "../core/model-choice.ts";
import type { Table } from "../core/task.ts";
import type { Beginning, Inspection } from "../report/inspection.ts";
import { shownFiles } from "../report/shown-files.ts";
import { fittedTo, type NewRun } from "./admission.ts";
import { checkModel } from "./choose-model.ts";
import { expectedRun } from "./expected-run.ts";
import { dearness, type Fitted } from "./fit-time.ts";
import { foreignFiles } from "./foreign-files.ts";

/** What a run as it is asked for would understand of its task, and take; large tables are sampled. */
export async function inspectTask(
  run: Pick<
    NewRun,
    | "taskFolder"
    | "settings"
    | "open"
    | "model"
    | "choice"
    | "caps"
    | "corrections"
    | "python"
    | "scriptPolicy"
  >,
  environment: NodeJS.ProcessEnv,
  onNotice: (line: string) => void = () => {},
): Promise<Inspection> {
  const corrections = run.corrections ?? {};
  const convert = foreignFiles({ ...run, environment, onNotice });
  const reading = await readTask(run.taskFolder, { corrections, isGlance: true, convert });
  const choice = ModelChoice.parse({ ...run.choice, model: run.model });
  const wanted = { ...fittedTo(run, reading), choice };
  const { seed, holdout } = wanted.settings;
  const { metric } = reading.draft;
  const ground = await understand(reading, {
    ...{ metric, seed, holdout, dearness: dearness(wanted) },
  });
  const obstacle = obstacleTo(() => checkModel(choice, reading.draft, environment));
  return { ...(await beginningOf(reading, wanted, ground)), ground, obstacle };
}

interface Wanted extends Fitted {
  choice: ModelChoice;
  caps: Caps;
}

/** The same of a task that was read; without a ground, what there is to say before one is made. */
export async function beginningOf(
  reading: ReadTask,
  wanted: Wanted,
  ground: Ground | null,
): Promise<Beginning> {
  const { draft, source: folder, reasons } = reading;
  const { train, test, otherTables, submission } = draft;
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
    ...reading.notes,
    sideTables: otherTables.map((table) => ({
      path: table.path,
      rows: table.rows,
      joinsBy: sharedBy([table, train, test]),
    })),
    shown: shownFiles(reading.files),
    withheld: inFewLines(reading.withheld),
    model: wanted.choice.model,
    expected: expectedRun(draft, ground?.mode !== "claims", wanted),
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
