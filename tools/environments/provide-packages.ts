import type { ScriptPolicy } from "../../src/core/script-policy.ts";
import type { Python } from "./interpreter-roots.ts";
import { KNOWN_PACKAGES } from "./known-packages.ts";
import { packageLayer } from "./package-layer.ts";
import type { PythonEnvironment } from "./python-environment.ts";

export interface PackageOptions {
  policy: ScriptPolicy["packages"];
  base: PythonEnvironment;
  /** The program's data home. */
  home: string;
  onProgress?: (line: string) => void;
  /** Makes the environment with the distributions. */
  layer?: typeof packageLayer;
}

/** Gives a Python that has the modules, or says in a sentence for the script's author which it cannot have. */
export type ProvidePackages = (
  modules: readonly string[],
  signal?: AbortSignal,
) => Promise<Python | { problem: string }>;

/** Installs what scripts import beyond the base, as far as the policy lets it. */
export function packageProvider({
  policy,
  base,
  home,
  layer = packageLayer,
  onProgress = () => {},
}: PackageOptions): ProvidePackages {
  const isAllowed = (module: string) =>
    policy === "allowlist" && Object.hasOwn(KNOWN_PACKAGES, module);
  const refusal = (modules: readonly string[], reason: string) => ({
    problem: `ModuleNotFoundError: ${modules.map((name) => `'${name}'`).join(", ")} cannot be had here (${reason}); use only the standard library and ${base.workbench.packages.map(({ name }) => name).join(", ")}.`,
  });
  return async (modules, signal) => {
    if (modules.length === 0) return base;
    const refused = modules.filter((module) => !isAllowed(module));
    if (refused.length > 0) return refusal(refused, "it is not installed and not to be installed");
    const distributions = modules.map((module) => KNOWN_PACKAGES[module] ?? module);
    onProgress(`Installing ${distributions.join(", ")} for a script`);
    const made = await layer(base, distributions, home, signal);
    return "problem" in made ? refusal(modules, made.problem) : made;
  };
}
