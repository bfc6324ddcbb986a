import { readFileSync } from "node:fs";

const PARTS = ["read_new", "suit_columns", "run_solution", "predict"];
const SIBLING = new RegExp(`^from (?:${PARTS.join("|")}) import .*\\n`, "gm");
const DOCSTRING = /^""".*?"""\n/s;
const IMPORT = /^(?:import|from) .*\n/gm;

/** `predict.py` of an exported solution, in one file: what its parts import, and behind it the parts. */
export function predictScript(): string {
  const parts = PARTS.map((name) =>
    readFileSync(new URL(`./${name}.py`, import.meta.url), "utf8").replace(SIBLING, ""),
  );
  const imports = new Set(parts.flatMap((part) => part.match(IMPORT) ?? []));
  const fromPackages = (line: string) => line.includes("pandas");
  const sorted = [...imports].toSorted();
  const says = DOCSTRING.exec(parts.at(-1) ?? "")?.[0] ?? "";
  const head = [
    says,
    ...sorted.filter((line) => !fromPackages(line)),
    "\n",
    ...sorted.filter(fromPackages),
  ].join("");
  const bodies = parts.map((part) => part.replace(DOCSTRING, "").replace(IMPORT, "").trim());
  return `${[head.trim(), ...bodies].join("\n\n\n")}\n`;
}
