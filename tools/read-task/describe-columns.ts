import type { Column } from "../../src/core/task.ts";
import { capLines, counted, countOf, figure, share } from "./figures.ts";

/** From so many columns on, those that differ only in a number are described together. */
const GROUP_FROM = 16;
const SMALLEST_GROUP = 4;

/** One line per column or group of like columns, up to a number of characters. */
export function describeColumns(
  columns: readonly Column[],
  rowsRead: number,
  marks: ReadonlyMap<string, string>,
  mostCharacters: number,
): string {
  const groups = Map.groupBy(columns, ({ name, kind, integer, reading }) => {
    const alone = columns.length < GROUP_FROM || marks.has(name) || reading !== undefined;
    return alone ? name : `${name.replace(/\d+/g, "#")}|${kind}|${integer}`;
  });
  const lines = [...groups.values()]
    .flatMap((group) => (group.length < SMALLEST_GROUP ? group.map((one) => [one]) : [group]))
    .map((group) => describeGroup(group, rowsRead, marks));
  return capLines(lines, mostCharacters);
}

/** Columns that are alike in one line, with the range over all of them. */
function describeGroup(
  group: readonly Column[],
  rowsRead: number,
  marks: ReadonlyMap<string, string>,
): string {
  const [first] = group;
  if (first === undefined) return "";
  const { name, kind, integer, examples, meanLength, reading } = first;
  const single = group.length === 1;
  const mark = marks.has(name) ? ` (${marks.get(name)})` : "";
  const [least] = extremes(group.flatMap(({ min }) => min ?? []));
  const [, most] = extremes(group.flatMap(({ max }) => max ?? []));
  const [, missing] = extremes(group.map((column) => column.missing));
  const [fewest, distinct] = extremes(group.map((column) => column.distinct));
  const facts = [
    integer ? "whole number" : kind,
    Number.isFinite(least) && `${figure(least)} to ${figure(most)}`,
    missing > 0 &&
      `${single ? "" : "up to "}${counted(missing)} missing (${share(missing, rowsRead)})`,
    kind !== "empty" &&
      `${fewest < distinct ? `${counted(fewest)} to ` : ""}${counted(distinct)} distinct`,
    kind === "text" && `about ${figure(meanLength, 3)} characters`,
    kind !== "number" &&
      single &&
      examples.length > 0 &&
      `such as ${examples.map((example) => JSON.stringify(example)).join(", ")}`,
  ];
  const how = reading === undefined ? "" : `; ${reading.words}`;
  const title = single
    ? `${name}${mark}`
    : `${name} ... ${group.at(-1)?.name} (${countOf(group.length, "column")})`;
  return `- ${title}: ${facts.filter((fact) => fact !== false).join(", ")}${how}`;
}

const extremes = (values: readonly number[]): [least: number, most: number] =>
  values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
