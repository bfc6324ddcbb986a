import { ToolError } from "../../src/core/errors.ts";
import type { ScriptPolicy } from "../../src/core/script-policy.ts";
import { type ExtraName, extraOf } from "./extras.ts";
import type { Python } from "./interpreter-roots.ts";
import { KNOWN_PACKAGES } from "./known-packages.ts";
import { packageLayer } from "./package-layer.ts";
import type { PythonEnvironment } from "./python-environment.ts";

export interface PackageOptions {
  policy: ScriptPolicy["packages"];
  base: PythonEnvironment;
  /** The program's data home. */
  home: string;
  /** Makes the environment with these extras, too; null where that cannot be. */
  withExtras?:
    | ((extras: readonly ExtraName[], signal?: AbortSignal) => Promise<PythonEnvironment>)
    | null;
  onProgress?: (line: string) => void;
  /** Makes the environment with the distributions. */
  layer?: typeof packageLayer;
}

/** The modules that scripts may have beyond the base, as the policy lets them. */
export const installable = (
  policy: ScriptPolicy["packages"],
  packages: PythonEnvironment["workbench"]["packages"],
): string[] => {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, "-");
  const there = new Set(packages.map(({ name }) => plain(name)));
  return policy === "off"
    ? []
    : Object.entries(KNOWN_PACKAGES).flatMap(([module, distribution]) =>
        there.has(plain(distribution)) || there.has(`${plain(distribution)}-cpu`) ? [] : [module],
      );
};

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
  withExtras = null,
  layer = packageLayer,
  onProgress = () => {},
}: PackageOptions): ProvidePackages {
  const isAllowed = (module: string) =>
    policy === "allowlist" && Object.hasOwn(KNOWN_PACKAGES, module);
  const refusal = (modules: readonly string[], reason: string) => ({
    problem: `ModuleNotFoundError: ${modules.map((name) => `'${name}'`).join(", ")} cannot be had here (${reason}); use only the standard library and ${base.workbench.packages.map(({ name }) => name).join(", ")}.`,
  });
  /** The base with the extras that the modules come with; what scripts see beside their Python they still see. */
  const widened = async (modules: readonly string[], signal?: AbortSignal) => {
    const extras = [...new Set(modules.flatMap((module) => extraOf(module) ?? []))];
    if (extras.length === 0 || withExtras === null) return base;
    onProgress(`Making ready ${extras.join(", ")} for a script: packages of up to 3 GB, once`);
    const made = await withExtras(extras, signal);
    const interpreterRoots = [...new Set([...base.interpreterRoots, ...made.interpreterRoots])];
    return { ...made, interpreterRoots };
  };
  return async (modules, signal) => {
    if (modules.length === 0) return base;
    const refused = modules.filter((module) => !isAllowed(module));
    if (refused.length > 0) return refusal(refused, "it is not installed and not to be installed");
    try {
      const inExtras = withExtras === null ? [] : modules.filter(extraOf);
      const wider = await widened(inExtras, signal);
      const others = modules.filter((module) => !inExtras.includes(module));
      if (others.length === 0) return wider;
      const distributions = others.map((module) => KNOWN_PACKAGES[module] ?? module);
      onProgress(`Installing ${distributions.join(", ")} for a script`);
      const made = await layer(wider, distributions, home, signal);
      return "problem" in made ? refusal(modules, made.problem) : made;
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return refusal(modules, error.message);
    }
  };
}
