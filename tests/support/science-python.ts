import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dataHome } from "../../tools/environments/data-home.ts";

const PACKAGES = "numpy, pandas, scipy, sklearn, lightgbm, xgboost, catboost";

/**
 * A Python with these packages, those that solution scripts use unless they are given: `MLE_STAR_PYTHON`, else the managed environment where
 * `mle-star setup` or a first run has made it. Null where there is none: tests then say why they were skipped.
 */
export function sciencePython(packages = PACKAGES): string | null {
  const named = process.env["MLE_STAR_PYTHON"];
  const candidates = named === undefined ? managed() : [named];
  return candidates.find((python) => imports(python, packages)) ?? null;
}

export const NO_SCIENCE_PYTHON =
  "no Python with the scientific packages; make it with `npx mle-star setup` or name one in MLE_STAR_PYTHON";
export const NO_DEEP_PYTHON =
  "no Python with torch; make it with `npx mle-star setup --with deep` or name one in MLE_STAR_PYTHON";

function managed(): string[] {
  const environments = join(dataHome(process.env), "envs");
  try {
    return readdirSync(environments).map((name) => join(environments, name, "bin", "python"));
  } catch {
    // No environment was ever made here.
    return [];
  }
}

function imports(python: string, packages: string): boolean {
  try {
    execFileSync(python, ["-c", `import ${packages}`], { stdio: "ignore", timeout: 60_000 });
    return true;
  } catch {
    // An unfinished environment, or one of another interpreter: not usable.
    return false;
  }
}
