import { readFileSync } from "node:fs";

const textOf = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

/** One script that a member's predictions come from, as `scripts.json` lists them: what a script stands on comes before it. */
export interface MemberScript {
  id: string;
  /** Below the blend's folder. */
  file: string;
  /** The members in its `./input/members/` that it reads, by the numbers they had. */
  sees: { number: number; id: string; name: string; title: string; score: number }[];
}

/** `solution.py` of a blend: the same code that the scorer blends with, in one file. */
export function blendSolution(): string {
  const [driver, combine] = [textOf("./blend_solution.py"), textOf("./combine.py")];
  return driver.replace(/^from combine import .*$/m, () => combine.trim());
}
