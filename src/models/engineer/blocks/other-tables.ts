import type { Table } from "../../../core/task.ts";
import type { Feature } from "../recipe/block.ts";
import type { Facts } from "../recipe/facts.ts";
import { pyString, readTable } from "../recipe/python.ts";
import { featureBlock } from "./feature-block.ts";

/** A table that can be joined, and the key it is joined by. */
interface Join {
  table: Table;
  key: string;
}

const has = (table: Table | null, column: string) =>
  table?.columns.some(({ name }) => name === column) ?? false;

/** Tables beside train, test and sample that share a key-like column with both. */
export const joins = ({ task: { train, test, otherTables, submission, targets } }: Facts): Join[] =>
  otherTables.flatMap((table) => {
    if (table.path === submission.sample || targets.some(({ name }) => has(table, name))) return [];
    const key = table.columns.find(
      ({ name, distinct }) => distinct > 1 && has(train, name) && has(test, name),
    )?.name;
    return key === undefined ? [] : [{ table, key }];
  });

const joined: Feature = {
  name: "joined",
  words: "Join the other tables by key: how many of their rows, their averages, sums, extremes.",
  body: (facts) => `
def looked_up(rows):
    columns = []
${joins(facts).map(joinPython).join("\n")}
    return np.hstack(columns)

return looked_up(fit), looked_up(other)`,
};

const joinPython = ({ table, key }: Join): string =>
  `    table = ${readTable(table.path, table.delimiter, [key])}
    grouped = table.groupby(${pyString(key)})
    numbers = table.select_dtypes("number").columns[:12]
    summary = grouped[list(numbers)].agg(["mean", "sum", "min", "max"])
    summary.insert(0, "rows", grouped.size())
    columns.append(summary.reindex(rows[${pyString(key)}].astype(str)).to_numpy(float))`;

/** What can be made of the tables beside train and test. */
export const otherTables = featureBlock({
  name: "Other tables",
  features: [joined],
  applies: (facts) => joins(facts).length > 0,
  initial: () => [],
});
