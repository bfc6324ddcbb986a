import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { awakeClock, onceElapsed } from "../../../tools/machine/awake-clock.ts";

test("work is counted, an hour of sleep is not", () => {
  let steady = 1_000_000;
  const clock = awakeClock(() => steady);
  const passing = (milliseconds: number) => {
    steady += milliseconds;
    return clock();
  };
  expect(passing(4000)).toBe(4000);
  expect(passing(3_600_000)).toBeLessThan(6000);
  expect(passing(500) - clock()).toBe(0);
  expect(passing(2000)).toBeLessThan(8000);
});

test("a limit that fell into the machine's sleep leaves the time that was left", async () => {
  let steady = 0;
  let ended = false;
  onceElapsed(
    1500,
    awakeClock(() => steady),
    () => {
      ended = true;
    },
  );
  steady += 3_600_000;
  await sleep(1600);
  expect(ended).toBe(false);
  steady += 600;
  await sleep(700);
  expect(ended).toBe(true);
});
