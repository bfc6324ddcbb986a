import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { notebookOf, scriptSections } from "../../src/report/export/notebook.ts";
import { standaloneScript } from "../../src/report/export/standalone-script.ts";

const conditions = { MLE_STAR_SEED: "3", OMP_NUM_THREADS: "1" };
const PRINT = `import os\nprint(__doc__, os.environ["MLE_STAR_SEED"])\n`;

function run(script: string, environment: Record<string, string> = {}): string {
  const env = { PATH: process.env["PATH"], ...environment };
  return execFileSync("python3", ["-c", standaloneScript(script, conditions)], { env })
    .toString()
    .trim();
}

test.each([
  ["nothing before it", PRINT, "None 3"],
  ["a docstring", `"""Doc."""\n${PRINT}`, "Doc. 3"],
  ["a docstring of several lines", `# first\n'''\nDoc\n'''\n${PRINT}`, "\nDoc\n 3"],
  [
    "an import from the future",
    `"""Doc."""\nfrom __future__ import annotations\n${PRINT}`,
    "Doc. 3",
  ],
  [
    "such an import over several lines",
    `from __future__ import (\n    annotations,\n)\n${PRINT}`,
    "None 3",
  ],
  ["a section's heading", `"""Doc."""\n\n# %% Setup\n${PRINT}`, "Doc. 3"],
])(
  "a script that opens with %s sees its conditions and stays what it was",
  (_, script, printed) => {
    expect(run(script)).toBe(printed.trim());
  },
);

test("whoever runs it can set them otherwise", () => {
  expect(run(PRINT, { MLE_STAR_SEED: "9" })).toBe("None 9");
});

test("a notebook holds the same code, section by section", () => {
  const script = `"""Doc."""\n# %% Setup\nimport os\n\n\n# %% Model\ndef f():\n    # %% not a section\n    return 1\n`;
  expect(scriptSections(script)).toEqual([
    { title: null, code: '"""Doc."""' },
    { title: "Setup", code: "import os" },
    { title: "Model", code: "def f():\n    # %% not a section\n    return 1" },
  ]);
  const notebook = JSON.parse(notebookOf(script, "toy", { isBlend: false }));
  expect(notebook.nbformat).toBe(4);
  const code = notebook.cells.filter((cell: { cell_type: string }) => cell.cell_type === "code");
  expect(code.map(({ source }: { source: string[] }) => source.join(""))).toEqual([
    '"""Doc."""',
    "import os",
    "def f():\n    # %% not a section\n    return 1",
  ]);
});
