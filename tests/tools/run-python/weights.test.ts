import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { weightVariables, withWeights } from "../../../tools/run-python/weights.ts";
import { BACKENDS, PYTHON } from "./backends.ts";
import { setUp } from "./runner-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "weights-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** A folder of weights with these files, open to everybody. */
function weights(files: Record<string, string>): string {
  made += 1;
  const root = join(folder, String(made));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text, { mode: 0o644 });
  }
  return root;
}

const BASE = {
  ...PYTHON,
  digest: "base",
  plan: { slots: [[0]], gpus: [], cpusPerSlot: 1, memoryMbPerSlot: 1000, diskMbPerSlot: 1000 },
  workbench: { pythonVersion: "3.12", packages: [], cpus: 1, memoryMb: 1000, gpu: null },
};

test("files are listed by the names that they are loaded by, with their sizes", () => {
  const snapshot = "hub/models--org--net/snapshots/1a";
  const root = weights({
    "hub/models--org--net/blobs/77": "x".repeat(3 * 2 ** 20),
    [`${snapshot}/config.json`]: "{}",
    "checkpoints/resnet.pth": "y".repeat(2 ** 19),
  });
  symlinkSync("../../blobs/77", join(root, snapshot, "model.safetensors"));
  expect(withWeights(BASE, root).workbench.weights).toEqual([
    "checkpoints/resnet.pth (0.50 MB)",
    `${snapshot}/model.safetensors (3 MB)`,
    "1 smaller file",
  ]);
});

test("of many files the largest are listed, and how many more there are", () => {
  const files = Array.from({ length: 50 }, (_, index) => [`${index}.bin`, "x".repeat(500 + index)]);
  const listed = withWeights(BASE, weights(Object.fromEntries(files))).workbench.weights ?? [];
  expect(listed).toHaveLength(41);
  expect(listed.at(-1)).toBe("10 smaller files");
});

test("results of scripts are kept apart by what the folder holds", () => {
  const root = weights({ a: "1" });
  const before = withWeights(BASE, root).digest;
  expect(withWeights(BASE, root).digest).toBe(before);
  writeFileSync(join(root, "a"), "12");
  expect(withWeights(BASE, root).digest).not.toBe(before);
});

test("a folder that there is not is refused in a sentence", () => {
  expect(() => withWeights(BASE, join(folder, "gone"))).toThrow(
    /^--weights .*gone: there is no such/,
  );
});

test.each([
  ["a plain folder", [], "", "", ""],
  ["a cache of Hugging Face", ["hub"], "", "hub", ""],
  [
    "a cache of several libraries",
    ["huggingface/hub", "torch"],
    "huggingface",
    "huggingface/hub",
    "torch",
  ],
])("libraries find %s", (_, folders, home, hub, torch) => {
  const root = weights({ note: "" });
  for (const name of folders) mkdirSync(join(root, name), { recursive: true });
  expect(weightVariables(root)).toMatchObject({
    MLE_STAR_WEIGHTS: root,
    HF_HOME: join(root, home),
    HF_HUB_CACHE: join(root, hub),
    SENTENCE_TRANSFORMERS_HOME: join(root, hub),
    TORCH_HOME: join(root, torch),
  });
});

const LOADS = `
import os
folder = os.environ["MLE_STAR_WEIGHTS"]
print(open(os.path.join(folder, "net", "model.bin")).read(), open(os.path.join(folder, "linked")).read())
try:
    open(os.path.join(folder, "own"), "w")
except OSError as error:
    print("refused")
`;

// Without a sandbox only the files' own rights keep a script from writing.
test.each(BACKENDS)(
  "a script reads weights, also behind a link, $name",
  async ({ name, executor }) => {
    const root = weights({ "net/model.bin": "weights of a net" });
    symlinkSync(join(weights({ elsewhere: "and more" }), "elsewhere"), join(root, "linked"));
    const { interpreterRoots } = withWeights(BASE, root);
    const { runPython } = setUp({ executor, interpreterRoots, weights: root });
    const { stdout, stderr } = await runPython({ id: "run-1", script: LOADS, purpose: "ablation" });
    expect({ stdout, stderr }).toMatchObject({
      stdout: expect.stringContaining("weights of a net and more"),
    });
    if (name === "bubblewrap") expect(stdout).toContain("refused");
  },
);
