import type { Corrections } from "../../src/core/corrections.ts";
import { SettingsError } from "../../src/core/errors.ts";
import type { TaskDraft } from "../../src/core/task.ts";
import { sameCell } from "./cells/cell.ts";
import type { CsvFile } from "./csv-file.ts";
import { listed } from "./figures.ts";
import type { Fixed } from "./task-yaml.ts";

/** Refuses a correction that names what is not there, with what is. */
export function checkCorrections(
  fixed: Fixed,
  { train, targets }: TaskDraft,
  files: readonly CsvFile[],
): void {
  const { positive, split, unit, folds, drop = [] } = fixed;
  const refuse = (field: keyof Corrections, why: string) => {
    throw new SettingsError(`${fixed.said(field)}: ${why}`);
  };
  const columns = train?.columns.map(({ name }) => name) ?? [];
  const there = `${train?.path ?? "the training table, which is not there"}; its columns are ${listed(columns)}`;
  const absent = drop.find((name) => !files.some(({ dropped = [] }) => dropped.includes(name)));
  if (absent !== undefined) refuse("drop", `"${absent}" is no column of ${there}`);
  for (const [field, name] of [
    ["split", split?.by],
    ["unit", unit],
    ["folds", folds],
  ] as const)
    if (name != null && !columns.includes(name))
      refuse(field, `"${name}" is no column of ${there}`);
  if (positive === undefined) return;
  const pairs = targets.filter(({ kind }) => kind === "binary");
  const classes = pairs.flatMap((target) => target.classes);
  if (pairs.length === 0)
    refuse("positive", "only a target of two classes has one; name it with --target");
  if (!classes.some((name) => sameCell(name, positive)))
    refuse("positive", `"${positive}" is no class; the classes are ${listed(classes)}`);
}
