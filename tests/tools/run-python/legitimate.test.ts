import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BUBBLEWRAP, PACKAGES } from "./backends.ts";
import { setUp } from "./runner-fixture.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/legitimate");
const MODULES = [
  "numpy",
  "pandas",
  "scipy",
  "sklearn",
  "lightgbm",
  "xgboost",
  "catboost",
  "joblib",
];
const NEEDS = new RegExp(
  `^(?:# needs:|import|from) (${MODULES.join("|")}|pyarrow|matplotlib|torch)`,
  "m",
);

/** Scripts with packages take minutes together: they run when asked for. */
const slow = process.env["MLE_STAR_SLOW_TESTS"] !== undefined;
const DISTRIBUTIONS: Record<string, string> = { sklearn: "scikit-learn", xgboost: "xgboost-cpu" };

const scripts = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const [, module] = NEEDS.exec(text) ?? [];
  return { name: file.replace(/\.py$/, ""), text, module };
});

/** Why the script cannot run here; empty when it can. */
function obstacle(module: string | undefined): string {
  if (BUBBLEWRAP === null) return "needs bubblewrap and a kernel that lets it make user namespaces";
  if (module === undefined) return "";
  if (!slow) return "takes long: runs with MLE_STAR_SLOW_TESTS";
  const isThere = PACKAGES.has(DISTRIBUTIONS[module] ?? module) || PACKAGES.has(module);
  return isThere ? "" : `needs ${module} in the Python that MLE_STAR_PYTHON names`;
}

for (const { name, text, module } of scripts)
  test(`${name} runs in the sandbox as anywhere`, async ({ skip }) => {
    const reason = obstacle(module);
    skip(reason !== "", reason);
    const { runPython } = setUp({
      ...(BUBBLEWRAP === null ? {} : { executor: BUBBLEWRAP }),
      plan: {
        slots: [[0]],
        gpus: [],
        cpusPerSlot: 1,
        memoryMbPerSlot: 4096,
        // So few that the work folder is in memory.
        diskMbPerSlot: 1024,
      },
    });
    const run = await runPython({
      id: name,
      script: `${text}print("OK")\n`,
      purpose: "solution",
    });
    expect(run.stderr).not.toMatch(/Traceback|Error/);
    expect(run).toMatchObject({ outcome: "ok", exitCode: 0 });
    expect(run.stdout).toContain("OK\n");
  }, 90_000);
