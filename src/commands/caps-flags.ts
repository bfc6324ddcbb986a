import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { Caps } from "../core/budget.ts";

const UNITS = { s: 1, m: 60, h: 3600 } as const;

/** What a time is to look like. */
export const TIMES = "give a time such as 90s, 15m or 2h";

/** Seconds of `90`, `90s`, `15m`, `2h` or `1.5h`; null when it is no time. */
export function secondsIn(text: string): number | null {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
  if (number === undefined || Number(number) === 0) return null;
  return Number(number) * UNITS[unit === "h" ? "h" : unit === "m" ? "m" : "s"];
}

function seconds(text: string): number {
  const given = secondsIn(text);
  if (given === null) throw new InvalidArgumentError(`${TIMES}.`);
  return given;
}

function amount(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError("give a number above 0.");
  return value;
}

/** Gives the command a flag for every cap; near one, loops end early and the best solution is still submitted. */
export const addCapsFlags = (command: Command): Command =>
  command
    .option(
      "--time <time>",
      "wall clock the run may take, over all resumptions: 90s, 15m, 2h",
      seconds,
    )
    .option("--max-script-runs <number>", "scripts it may run", amount)
    .option("--max-script-time <time>", "time all its scripts may take together", seconds)
    .option("--max-tokens <number>", "tokens of the language model it may use, in and out", amount)
    .option("--max-cost <dollars>", "US dollars it may spend, as far as prices are known", amount);

export interface CapsFlags {
  time?: number;
  maxScriptRuns?: number;
  maxScriptTime?: number;
  maxTokens?: number;
  maxCost?: number;
}

/** The caps that were given; the others are left out, so that a resumption keeps what it had. */
export function capsOf({
  time,
  maxScriptRuns,
  maxScriptTime,
  maxTokens,
  maxCost,
}: CapsFlags): Partial<Caps> {
  return {
    ...(time === undefined ? {} : { seconds: time }),
    ...(maxScriptRuns === undefined ? {} : { scriptRuns: maxScriptRuns }),
    ...(maxScriptTime === undefined ? {} : { scriptSeconds: maxScriptTime }),
    ...(maxTokens === undefined ? {} : { tokens: maxTokens }),
    ...(maxCost === undefined ? {} : { usd: maxCost }),
  };
}
