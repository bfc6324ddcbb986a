const SHARED_SHAPE = 0.95;

/** The pieces that most of these ids or paths have, as Python slices over runs of letters and of digits: `0`, `2`, `:2`. */
export function piecesOf(values: readonly string[]): string[] {
  const shapes = new Map<string, number>();
  for (const value of values) {
    const shape = shapeOf(value);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const [shape, count] = [...shapes].sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  const runs = shape.match(/[a0]/g)?.length ?? 0;
  if (count >= SHARED_SHAPE * values.length)
    return Array.from({ length: runs }, (_, at) =>
      at < 2 ? [`${at}`] : [`${at}`, `:${at}`],
    ).flat();
  const parted = values.filter((value) => runsOf(value).length > 1).length;
  return parted >= SHARED_SHAPE * values.length ? [":-1"] : [];
}

export function pieceOf(value: string, piece: string): string {
  const runs = runsOf(value);
  const [from = "", to] = piece.split(":");
  if (to === undefined) return runs.at(Number(from)) ?? "";
  return runs.slice(Number(from), to === "" ? undefined : Number(to)).join("_");
}

/** The extension of a file is none of its pieces. */
const stem = (value: string) => value.replace(/(?<=\w)\.[A-Za-z]\w{1,4}$/, "");

const runsOf = (value: string) => stem(value).match(/\p{L}+|\d+/gu) ?? [];

const shapeOf = (value: string) =>
  stem(value)
    .replace(/\p{L}+/gu, "a")
    .replace(/\d+/g, "0")
    .slice(0, 80);
