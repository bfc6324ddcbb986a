import { expect, test } from "vitest";
import { planSlots, readCoreList, thisMachine } from "../../../tools/machine/plan-slots.ts";

const cores = (count: number) => Array.from({ length: count }, (_, core) => core);

test.each([
  { count: 1, memoryMb: 16_000, slots: [[0]] },
  { count: 2, memoryMb: 16_000, slots: [[0], [1]] },
  {
    count: 4,
    memoryMb: 16_000,
    slots: [
      [0, 1],
      [2, 3],
    ],
  },
  { count: 4, memoryMb: 3000, slots: [[0, 1, 2, 3]] },
  {
    count: 9,
    memoryMb: 64_000,
    slots: [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ],
  },
])("$count cores and $memoryMb MB make slots of disjoint cores", ({ count, memoryMb, slots }) => {
  expect(planSlots({ cores: cores(count), memoryMb, gpus: [] }).slots).toEqual(slots);
});

test("memory is shared among the slots, with a fifth left to the rest of the machine", () => {
  expect(planSlots({ cores: cores(2), memoryMb: 10_000, gpus: [] }).memoryMbPerSlot).toBe(4000);
});

test("as many slots as asked for, but never more than cores", () => {
  expect(planSlots({ cores: cores(2), memoryMb: 9000, gpus: [] }, 8).slots).toEqual([[0], [1]]);
});

test("core lists are read as the kernel writes them", () => {
  expect(readCoreList("0-2,5,8-9")).toEqual([0, 1, 2, 5, 8, 9]);
  expect(readCoreList("")).toEqual([]);
});

test("this machine has a core and memory", () => {
  expect(thisMachine().cores.length).toBeGreaterThan(0);
  expect(thisMachine().memoryMb).toBeGreaterThan(100);
});
