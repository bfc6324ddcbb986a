import { type Asked, idCells, Unmeasurable } from "./asked.ts";
import { UnitNumbers, walk } from "./walk.ts";

/** Rebuilds the sample's ids from the rows of test: the same lines, in any order, or it throws `Unmeasurable`. */
export async function requireRoundTrip(asked: Asked): Promise<void> {
  const rebuilt = idsFromTest(asked)[Symbol.asyncIterator]();
  let [sumGiven, sumRebuilt, lines] = [0n, 0n, 0];
  let isSameOrder = true;
  for await (const given of idsOfSample(asked)) {
    const next = await rebuilt.next();
    const ids: string = next.done ? "" : next.value;
    if (next.done) throw differs(asked, `it has more lines than ${asked.test.path} asks for`);
    if (ids !== given) {
      isSameOrder = false;
      sumGiven += hashed(given);
      sumRebuilt += hashed(ids);
    }
    lines += 1;
  }
  if (!(await rebuilt.next()).done)
    throw differs(asked, `it has ${lines} lines, fewer than ${asked.test.path} asks for`);
  const isCounted = asked.columns.some(
    (column) => "id" in column && column.id.some((piece) => "first" in piece),
  );
  if (isSameOrder || (sumGiven === sumRebuilt && !isCounted)) return;
  throw differs(asked, `its ids do not follow from ${asked.test.path}`);
}

const differs = ({ sample }: Asked, why: string): Unmeasurable =>
  new Unmeasurable(`${sample.path} cannot be rebuilt: ${why}.`);

const SEPARATOR = "\u0000";

async function* idsFromTest(asked: Asked): AsyncGenerator<string> {
  const units = new UnitNumbers(asked.unit);
  let line = 0;
  for await (const row of walk(asked.test)) {
    const { isNew } = units.of(row);
    if (asked.per === "unit" && !isNew) continue;
    for (const measure of asked.measures) {
      yield idCells(asked, row.cellOf, measure, line).join(SEPARATOR);
      line += 1;
    }
  }
}

async function* idsOfSample({ sample, columns }: Asked): AsyncGenerator<string> {
  const names = columns.flatMap((column) => ("id" in column ? column.name : []));
  for await (const { cellOf } of walk(sample)) yield names.map(cellOf).join(SEPARATOR);
}

/** 62 bits of a text, whose sums tell sets of texts apart. */
function hashed(text: string): bigint {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code ^ (low >>> 13), 0x85ebca6b);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
