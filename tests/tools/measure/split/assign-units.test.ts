import { expect, test } from "vitest";
import { assignUnits } from "../../../../tools/measure/split/assign-units.ts";
import {
  PICKS,
  REPORTED,
  TRAIN,
  type UnitsToAssign,
} from "../../../../tools/measure/split/assignment.ts";
import { shuffled } from "../../../../tools/measure/split/seeded.ts";

const COUNT = 6000;
const order = shuffled(COUNT, 4);
const numbers = (of: (place: number) => number) => Float64Array.from(order, of);
function assigned(options: Partial<UnitsToAssign>) {
  const { parts, final, ...drawn } = assignUnits({
    ...{ count: COUNT, kind: "random", keys: null, labels: null, testKeys: null },
    ...{ folds: 5, holdout: 600, validation: 200_000, seed: 1, ...options },
  });
  const all = (of: (unit: number) => number) =>
    Int8Array.from({ length: parts.count }, (_, unit) => of(unit));
  return { ...drawn, parts: all((unit) => parts.of(unit)), final: all(final) };
}
const counted = (parts: Int8Array) =>
  Object.fromEntries(
    [PICKS, REPORTED, TRAIN, 0, 1, 2, 3, 4].map((part) => [
      part,
      parts.filter((one) => one === part).length,
    ]),
  );

const KINDS: [string, Partial<UnitsToAssign>][] = [
  ["random", {}],
  ["stratified", { kind: "stratified", labels: Uint32Array.from(order, (place) => place % 7) }],
  ["group", { kind: "group", keys: numbers((place) => Math.floor(place / 10)) }],
  ["time", { kind: "time", keys: numbers((place) => place / 5) }],
  [
    "stretches",
    {
      kind: "stretches",
      keys: numbers((place) => place + 50 * Math.floor(place / 100)),
      testKeys: Float64Array.from(
        { length: 3000 },
        (_, at) => 100 + (at % 50) + 150 * Math.floor(at / 50),
      ),
    },
  ],
];

test.each(KINDS)(
  "%s: the seed alone decides; the halves are of a size; in the final run nothing is held out",
  (_, options) => {
    const { parts, final, folds, holdout } = assigned(options);
    expect(assigned(options).parts).toEqual(parts);
    expect(holdout).toBe(true);
    const { [PICKS]: picks = 0, [REPORTED]: reported = 0 } = counted(parts);
    expect(Math.abs(picks - reported)).toBeLessThan(130);
    expect(picks + reported).toBeGreaterThan(250);
    expect(final.every((part) => part >= TRAIN && part < folds)).toBe(true);
    expect(parts.filter((part) => part >= 0).length).toBeGreaterThan(250);
    expect(assigned({ ...options, holdout: 0 }).parts.every((part) => part >= TRAIN)).toBe(true);
    const few = assigned({ ...options, validation: 500 });
    for (const drawn of [few.parts, few.final])
      expect(drawn.filter((part) => part >= 0).length).toBeLessThanOrEqual(500);
  },
);

test("few of many units are drawn alike, however they are held", () => {
  const few = { count: 100_000, holdout: 60, validation: 500 };
  const { parts, final } = assigned(few);
  const held = counted(parts);
  expect([held[PICKS], held[REPORTED], held[TRAIN]]).toEqual([30, 30, 100_000 - 560]);
  expect(parts.filter((part) => part >= 0).length).toBe(500);
  expect(final.every((part) => part >= TRAIN)).toBe(true);
  expect(assigned(few).parts).toEqual(parts);
});

test("each class has its share of every part, and one with a single unit stays in train", () => {
  const labels = Uint32Array.from(order, (place) => (place === 0 ? 3 : place % 3));
  const { parts, final } = assigned({ kind: "stratified", labels });
  for (const label of [0, 1, 2])
    for (const share of Object.values(
      counted(parts.filter((_, unit) => labels[unit] === label)),
    ).slice(0, 5))
      expect(Math.abs(share - 360)).toBeLessThan(3);
  expect([parts[labels.indexOf(3)], final[labels.indexOf(3)]]).toEqual([TRAIN, TRAIN]);
});

test("groups stay whole, and too few of them are not held out", () => {
  for (const size of [10, 400]) {
    const keys = numbers((place) => Math.floor(place / size) * 1e9 + 0.5);
    const { parts, final, folds, holdout } = assigned({ kind: "group", keys });
    for (const drawn of [parts, final])
      expect(new Set(keys.map((key, unit) => key * 10 + (drawn[unit] ?? 0))).size).toBe(
        COUNT / size,
      );
    expect({ folds, holdout }).toEqual({ folds: 5, holdout: size === 10 });
  }
});

test("validation knows as many of train's groups as test does", () => {
  const keys = numbers((place) => Math.floor(place / 10));
  const testKeys = Float64Array.from({ length: 400 }, (_, at) => 400 + at);
  const { parts } = assigned({ kind: "group", keys, testKeys, holdout: 0 });
  const whole = Array.from(
    { length: 600 },
    (_, group) => new Set(parts.filter((_, unit) => keys[unit] === group)).size === 1,
  );
  expect(whole.filter(Boolean).length / 600).toBeCloseTo(0.5, 1);
});

test("by time, what is held out is the latest and as long as test, what validates the latest before it", () => {
  const keys = numbers((place) => Math.floor(place / 10));
  const ends = (parts: Int8Array, wanted: (part: number) => boolean) => {
    const times = keys.filter((_, unit) => wanted(parts[unit] ?? 0));
    return [Math.min(...times), Math.max(...times)];
  };
  const after = (gap: number, days: number) =>
    Float64Array.from({ length: days }, (_, at) => 600 + gap + at);
  for (const [testKeys, held, validated] of [
    [after(0, 80), [520, 599], [440, 519]],
    [after(10, 60), [519, 599], [438, 518]],
    // Test is longer than train: enough is left all the same.
    [after(0, 900), [420, 599], [294, 419]],
  ] as const) {
    const { parts, final, folds } = assigned({ kind: "time", keys, testKeys });
    expect(folds).toBe(1);
    const near = (found: number[], wanted: readonly number[]) =>
      found.forEach(
        (edge, at) => void expect(Math.abs(edge - (wanted[at] ?? 0)), `${found}`).toBeLessThan(6),
      );
    near(
      ends(parts, (part) => part < TRAIN),
      held,
    );
    near(
      ends(parts, (part) => part === 0),
      validated,
    );
    near(
      ends(final, (part) => part === 0),
      held,
    );
  }
});
