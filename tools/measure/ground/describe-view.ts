import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SeenTask } from "../../../src/core/ground.ts";
import { openTable } from "../../read-task/csv-file.ts";
import { describeData } from "../../read-task/describe-data.ts";
import { type ProfiledTable, profileTable } from "../../read-task/profile-table.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { openTaskFolder } from "../../read-task/task-folder.ts";
import type { Asked } from "../units/asked.ts";

/** The task's tables as scripts of the search find them, with their own rows, figures and words. */
export async function describeView(
  { draft, reasons, ownMetric: metric, notes: { noted } }: ReadTask,
  asked: Asked,
  view: string,
): Promise<SeenTask> {
  const whole = draft.targets.map(({ name }) => name);
  const tables = [draft.train, draft.test, ...draft.otherTables].filter((table) => table !== null);
  const read = async (path: string): Promise<ProfiledTable | null> => {
    if (!existsSync(join(view, path))) return null;
    // How a column is written was decided by all of its rows.
    const known = tables.find((table) => table.path === path)?.columns ?? [];
    return profileTable(await openTable(view, path), { known, whole });
  };
  const train = asked.isTrainTable ? await read(asked.train.path) : null;
  const test = asked.isTestTable ? await read(asked.test.path) : null;
  const sample = await read(asked.sample.path);
  const others = (await Promise.all(draft.otherTables.map(({ path }) => read(path)))).filter(
    (table) => table !== null,
  );
  const values = draft.targets.flatMap(({ name, kind }) => {
    const column = draft.train?.columns.find((one) => one.name === name);
    const found = train?.whole.get(name);
    const written = kind === "regression" ? column?.reading?.written : undefined;
    return found && written?.as === "number" ? found.inPlainNumbers(written) : (found ?? []);
  });
  const { targets, submission } = draft;
  return {
    train: train?.table ?? null,
    test: test?.table ?? null,
    otherTables: others.map(({ table }) => table),
    submission: {
      ...submission,
      sample: asked.sample.path,
      columns: [...asked.sample.columns],
      rows: sample?.table.rows ?? submission.rows,
    },
    profile: describeData({
      ...{ train, test, sample, others, metric, noted, notes: [] },
      files: openTaskFolder(view).files,
      columns: { targets: targets.map(({ name }) => name), ids: submission.idColumns, reasons },
      targets: targets.flatMap((target, index) => {
        const column = values[index];
        return column === undefined ? [] : [{ target, values: column }];
      }),
    }),
  };
}
