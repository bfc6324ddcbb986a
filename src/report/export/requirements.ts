import { lockedEntry } from "../../../tools/environments/locks.ts";
import type { Workbench } from "../../core/task.ts";

type Package = Workbench["packages"][number];

/** Every environment has its own of these. */
const INSTALLERS = ["pip", "setuptools", "wheel"];

/**
 * What pip needs for the environment of a run: all of its packages with the digests of their files where a lock knows them, else those that
 * the scripts use, with the versions of all.
 */
export function requirementsOf(
  { pythonVersion, packages }: Pick<Workbench, "pythonVersion" | "packages">,
  used: readonly Package[],
): Record<string, string> {
  const all = packages.filter(({ name }) => !INSTALLERS.includes(name.toLowerCase()));
  const entries = all.map(lockedEntry);
  const head = `# Python ${pythonVersion}\n`;
  if (all.length > 0 && !entries.includes(null))
    return {
      "requirements.txt": `${head}# The whole environment; the scripts themselves use ${named(used)}.\n${entries.join("")}`,
    };
  const pins = (list: readonly Package[]) =>
    list.map(({ name, version }) => `${name}==${version}\n`).join("");
  return {
    "requirements.txt": `${head}-c constraints.txt\n${pins(used.length > 0 ? used : all)}`,
    "constraints.txt": pins(all),
  };
}

const named = (packages: readonly Package[]) =>
  packages.map(({ name }) => name).join(", ") || "none of it";
