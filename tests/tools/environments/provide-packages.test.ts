import { expect, test } from "vitest";
import { ToolError } from "../../../src/core/errors.ts";
import {
  installable,
  type PackageOptions,
  packageProvider,
} from "../../../tools/environments/provide-packages.ts";
import type { PythonEnvironment } from "../../../tools/environments/python-environment.ts";

const BASE: PythonEnvironment = {
  interpreter: "/base/bin/python",
  digest: "base",
  interpreterRoots: ["/base"],
  plan: { slots: [[0]], gpus: [], cpusPerSlot: 1, memoryMbPerSlot: 1000, diskMbPerSlot: 1000 },
  workbench: {
    pythonVersion: "3.12.1",
    packages: [{ name: "numpy", version: "2.0" }],
    cpus: 1,
    memoryMb: 1000,
    gpu: null,
  },
};

function setUp(options: Partial<PackageOptions> & { policy: PackageOptions["policy"] }) {
  const installed: string[][] = [];
  const provide = packageProvider({
    base: BASE,
    home: "/home",
    layer: async (_, distributions) => {
      installed.push([...distributions]);
      return { interpreter: "/layer/bin/python", interpreterRoots: ["/base", "/layer"] };
    },
    ...options,
  });
  return { provide, installed };
}

test("a script that needs nothing more gets the base", async () => {
  const { provide, installed } = setUp({ policy: "off" });
  expect(await provide([])).toBe(BASE);
  expect(installed).toEqual([]);
});

test("a known module is installed from the distribution that it belongs to", async () => {
  const { provide, installed } = setUp({ policy: "allowlist" });
  expect(await provide(["PIL", "torch"])).toMatchObject({ interpreter: "/layer/bin/python" });
  expect(installed).toEqual([["pillow", "torch"]]);
});

test("a module of an extra comes with the extra, and other packages stand above it", async () => {
  const asked: string[][] = [];
  const { provide, installed } = setUp({
    policy: "allowlist",
    base: { ...BASE, interpreterRoots: ["/base", "/weights"] },
    withExtras: async (extras) => {
      asked.push([...extras]);
      return { ...BASE, interpreter: "/wider/bin/python", interpreterRoots: ["/wider"] };
    },
  });
  expect(await provide(["torch", "transformers"])).toMatchObject({
    interpreter: "/wider/bin/python",
    interpreterRoots: ["/base", "/weights", "/wider"],
  });
  expect(asked).toEqual([["deep", "text"]]);
  expect(installed).toEqual([]);
  await provide(["torch", "PIL"]);
  expect(installed).toEqual([["pillow"]]);
});

test("an extra that cannot be had is said in a sentence for the author", async () => {
  const withExtras = () => Promise.reject(new ToolError("the index is out of reach"));
  const { provide } = setUp({ policy: "allowlist", withExtras });
  expect(await provide(["librosa"])).toEqual({
    problem: expect.stringContaining("'librosa' cannot be had here (the index is out of reach)"),
  });
});

test("an unknown module is never installed by its import name", async () => {
  const { provide, installed } = setUp({ policy: "allowlist" });
  expect(await provide(["PIL", "reqeusts"])).toEqual({
    problem:
      "ModuleNotFoundError: 'reqeusts' cannot be had here (it is not installed and not to be installed); use only the standard library and numpy.",
  });
  expect(installed).toEqual([]);
});

test("with packages off, known ones are refused, too", async () => {
  const { provide } = setUp({ policy: "off" });
  expect(await provide(["PIL"])).toMatchObject({ problem: expect.stringContaining("'PIL'") });
});

test("an installation that fails comes back as a sentence for the author", async () => {
  const layer = async () => ({ problem: "no wheel for this Python" });
  const { provide } = setUp({ policy: "allowlist", layer });
  expect(await provide(["polars"])).toEqual({
    problem:
      "ModuleNotFoundError: 'polars' cannot be had here (no wheel for this Python); use only the standard library and numpy.",
  });
});

test("what can be installed is what the allow-list names beyond what is there, whatever its spelling", () => {
  const modules = installable("allowlist", [
    { name: "Pillow", version: "11.0" },
    { name: "xgboost-cpu", version: "3.2" },
    { name: "sentence_transformers", version: "5.0" },
  ]);
  expect(modules).toContain("torch");
  for (const there of ["PIL", "xgboost", "sentence_transformers"])
    expect(modules).not.toContain(there);
  expect(installable("off", [])).toEqual([]);
});
