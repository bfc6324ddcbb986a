import { expect, test } from "vitest";
import { type Gap, gapAlarm } from "../../../../tools/measure/leaks/gap-alarm.ts";

const of = (gap: number): Gap => ({ gap, error: 0.01, score: 0.8 });
const siblings = [0.002, -0.004, 0.006, 0.001, -0.003];

test.each([-0.3, 0, 0.3])(
  "what all attempts share (%d) is no alarm, what one has alone is",
  (all) => {
    const others = siblings.map((gap) => of(gap + all));
    expect(gapAlarm(of(all + 0.02), others)).toBeNull();
    expect(gapAlarm(of(all - 0.2), others)).toBeNull();
    expect(gapAlarm(of(all + 0.1), others)).toMatchObject({ kind: "gap", withdraws: true });
  },
);

test("a leak among the siblings hides no other, and a wide family allows wide gaps", () => {
  expect(gapAlarm(of(0.2), [...siblings, 0.2, 0.25].map(of))).not.toBeNull();
  expect(gapAlarm(of(0.06), [-0.05, 0.05, 0, 0.04, -0.04].map(of))).toBeNull();
});

test("with fewer than three siblings only a gross gap counts", () => {
  expect(gapAlarm(of(0.05), [of(0), of(0)])).toBeNull();
  expect(gapAlarm(of(0.07), [])).toMatchObject({ withdraws: true });
});

test("a gap that is certain but small rings without withdrawing, and no sentence tells a number", () => {
  const sharp = (gap: number): Gap => ({ gap, error: 0.0005, score: 0.8 });
  const alarm = gapAlarm(sharp(0.005), [0, 0.0001, -0.0001].map(sharp));
  expect(alarm).toMatchObject({ kind: "gap", withdraws: false });
  expect(alarm?.sentence).not.toMatch(/\d/);
});
