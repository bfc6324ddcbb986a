import { expect, test } from "vitest";
import { readGpus } from "../../../tools/environments/find-gpus.ts";

test("devices are read from the driver's table", () => {
  const table = "0, GPU-8f1c, NVIDIA A100-SXM4-40GB, 40960\n1, GPU-77aa, NVIDIA A100, 40960\n";
  expect(readGpus(table)).toEqual([
    { index: 0, id: "GPU-8f1c", name: "NVIDIA A100-SXM4-40GB", memoryMb: 40960 },
    { index: 1, id: "GPU-77aa", name: "NVIDIA A100", memoryMb: 40960 },
  ]);
});

test("a driver without devices has none", () => {
  expect(readGpus("No devices were found\n")).toEqual([]);
});
