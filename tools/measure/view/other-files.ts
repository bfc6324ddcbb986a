import type { Ground } from "../../../src/core/ground.ts";
import { ownText } from "../../read-task/csv-file.ts";
import { isTablePath } from "../../read-task/file-roles.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { isDescription } from "../../read-task/task-folder.ts";
import { isTaskYaml } from "../../read-task/task-yaml.ts";
import type { Asked } from "../units/asked.ts";
import { openRecords, type Records } from "../units/records.ts";
import { walk } from "../units/walk.ts";
import { type Pair, tellsTarget } from "./tells-target.ts";

/** What becomes of the files that are neither train, test, sample nor about one unit. */
export interface OtherFiles {
  /** They enter the view as they are. */
  whole: string[];
  /** Tables of units, by a column that is renamed: rows of the hold-out are renamed too, or left out where only train has rows. */
  ofUnits: { records: Records; column: string; hasTest: boolean }[];
  leftOut: Ground["leftOut"];
}

const ROWS_LOOKED_AT = 5000;

export async function otherFiles(
  asked: Asked,
  { files, folder, draft, corrections }: ReadTask,
  mostBytes = Infinity,
): Promise<OtherFiles> {
  const roles = [draft.train?.path, draft.test?.path, draft.submission.sample];
  const known = new Set([...roles, ...(asked.media?.files ?? [])]);
  const found: OtherFiles = { whole: [], ofUnits: [], leftOut: [] };
  let looks: { train: Looked; test: Looked } | null = null;
  for (const path of files) {
    if (known.has(path) || path === draft.metric) continue;
    if (isDescription(path) || isTaskYaml(path)) found.whole.push(path);
    else if (!isTablePath(path)) found.leftOut.push({ path, reason: NO_TABLE });
    else {
      const records = await openRecords(folder, path, corrections.drop, mostBytes);
      looks ??= { train: await looked(asked.glance.train), test: await looked(asked.glance.test) };
      const how = await howItJoins(asked, records, looks);
      if ("reason" in how) found.leftOut.push({ path, reason: how.reason });
      else if (how.column === null) found.whole.push(path);
      else found.ofUnits.push({ records, column: how.column, hasTest: how.hasTest });
    }
  }
  const inTest = new Set([...asked.test.columns, ...asked.targets]);
  const only = asked.isTrainTable ? asked.train.columns.filter((name) => !inTest.has(name)) : [];
  if (only.length > 0 && asked.isTestTable)
    found.leftOut.push({
      path: `${asked.train.path}: ${only.join(", ")}`,
      reason: "test lacks these columns, and so does what is held out",
    });
  return found;
}

const NO_TABLE = "nothing says which units it is about";

type Looked = Map<string, string>[];
type How = { reason: string } | { column: string | null; hasTest: boolean };

async function howItJoins(
  asked: Asked,
  records: Records,
  { train, test }: { train: Looked; test: Looked },
): Promise<How> {
  const { columns } = records;
  const told = asked.targets.find((name) => columns.includes(name));
  if (told !== undefined) return { reason: `it has "${told}", which is to be predicted` };
  const shared = columns.filter(
    (name) => asked.train.columns.includes(name) && asked.test.columns.includes(name),
  );
  if (shared.length === 0) return { reason: "it shares no column with both train and test" };
  const column = shared.find((name) => asked.renamed.includes(name)) ?? null;
  const by = column === null ? shared : [column];
  const keyOf = (cellOf: (name: string) => string) => by.map(cellOf).join("\u0000");
  const keys = (rows: Looked) => Map.groupBy(rows, (row) => keyOf((name) => row.get(name) ?? ""));
  const [ofTrain, ofTest] = [keys(train), keys(test)];
  if (column !== null && [...ofTrain.keys()].some((key) => ofTest.has(key)))
    return { reason: `its "${column}" may be that of a row of train or of test` };
  const pairs = new Map<string, Pair[]>();
  let hasTest = false;
  for await (const { cellOf } of walk(records)) {
    const key = keyOf(cellOf);
    hasTest ||= ofTest.has(key);
    for (const row of ofTrain.get(key) ?? [])
      for (const name of columns.filter((one) => !by.includes(one)))
        for (const target of asked.targets) {
          const pair = `${name}\u0000${target}`;
          const known = pairs.get(pair) ?? [];
          if (known.length === 0) pairs.set(pair, known);
          if (known.length < ROWS_LOOKED_AT)
            known.push([ownText(cellOf(name)), row.get(target) ?? ""]);
        }
  }
  for (const [pair, cells] of pairs)
    if (tellsTarget(cells)) return { reason: `its "${pair.split("\u0000")[0]}" tells the target` };
  return { column, hasTest };
}

/** Rows from all over a file. */
async function looked(records: Records): Promise<Looked> {
  let rows: Looked = [];
  let [every, at] = [1, 0];
  for await (const { cells } of walk(records)) {
    if (at++ % every !== 0) continue;
    rows.push(
      new Map(
        records.columns.map((name, place) => [name, ownText(records.says(cells[place] ?? ""))]),
      ),
    );
    if (rows.length < 2 * ROWS_LOOKED_AT) continue;
    rows = rows.filter((_, place) => place % 2 === 0);
    every *= 2;
  }
  return rows;
}
