import type { Target } from "../../../src/core/task.ts";
import { ColumnProfile } from "../../read-task/column-profile.ts";
import { positiveClass } from "../../read-task/positive-class.ts";
import type { ReadTask } from "../../read-task/read-task.ts";
import { targetOf } from "../../read-task/target-of.ts";
import { FILE_KEYS, keyOf, sideOf } from "./media-files.ts";
import { listed, type Records } from "./records.ts";
import { walk } from "./walk.ts";

const LEAST_PER_CLASS = 3;

/** Files with their labels in their names or in those of their folders, as a table of `path`, id and label. */
export async function listFiles(
  files: readonly string[],
  sample: Records,
  { draft, corrections }: ReadTask,
): Promise<{ train: Records; rows: number; targets: Target[] } | null> {
  const [id] = draft.submission.idColumns;
  if (id === undefined) return null;
  const asked: string[] = [];
  for await (const { cellOf } of walk(sample)) asked.push(cellOf(id));
  const own = files.filter((path) => sideOf(path) === "train");
  const others = files.filter((path) => !own.includes(path));
  const key = FILE_KEYS.find((one) => {
    const known = new Set(others.map((path) => keyOf(path, one)));
    return asked.every((name) => known.has(name));
  });
  if (key === undefined || own.length === 0) return null;
  const predicted = draft.submission.columns.filter((name) => name !== id);
  const labels = labelsOf(own, predicted);
  if (labels === null) return null;
  const [column = "label"] = predicted.length === 1 ? predicted : [];
  const values = new ColumnProfile(column, own.length);
  for (const label of labels) values.add(label);
  const target = targetOf(values, draft.metric, corrections.predicts);
  const said = () => "what was asked for";
  const fixed = { positive: corrections.positive, said };
  const { description } = draft;
  const positive = positiveClass(target, { values, columns: predicted, description, fixed });
  const known = new Map<string, number>();
  const rows = own.map((path, at) => {
    const name = keyOf(path, { ...key, from: -1 });
    const before = known.get(name) ?? 0;
    known.set(name, before + 1);
    return [path, before === 0 ? name : `${name}_${before}`, labels[at] ?? ""];
  });
  return {
    train: listed("train", ["path", id, column], rows),
    rows: rows.length,
    targets: [{ ...target, positive: positive?.value ?? null }],
  };
}

/** The folder, or the piece of the name, that says what a file shows. */
export function labelsOf(files: readonly string[], predicted: readonly string[]): string[] | null {
  const stems = files.map((path) =>
    keyOf(path.split("/").at(-1) ?? "", { from: 0, part: "bare rest" }),
  );
  const pieces = stems.map((stem) => stem.split(/[._-]|(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/u));
  const width = Math.min(...pieces.map(({ length }) => length));
  const candidates = [
    ...[0, 1, 2].map((from) => files.map((path) => keyOf(path, { from, part: "folder" }))),
    ...Array.from({ length: width }, (_, at) => pieces.map((piece) => piece[at] ?? "")),
  ];
  const isLabel = (labels: readonly string[]) => {
    const classes = new Set(labels);
    if (classes.has("") || classes.size < 2) return false;
    if (predicted.length > 1)
      return [...classes].every((name) => predicted.some((one) => one.endsWith(name)));
    return classes.size * LEAST_PER_CLASS <= labels.length;
  };
  const found = candidates.filter(isLabel);
  // Words before numbers: a number may count, a word hardly does.
  return found.find((labels) => labels.some((name) => !/^\d+$/.test(name))) ?? found[0] ?? null;
}
