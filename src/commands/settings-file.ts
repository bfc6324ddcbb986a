import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { ModelChoice } from "../core/model-choice.ts";
import { RunContext } from "../core/run-context.ts";
import { ScriptPolicy } from "../core/script-policy.ts";
import { keyVariableOf } from "../models/language/providers.ts";
import { secondsIn, TIMES } from "./caps-flags.ts";

const amount = z.number().positive().optional();
const time = z
  .union([z.string(), z.number()])
  .transform((given, { addIssue }) => {
    const seconds = secondsIn(String(given));
    if (seconds !== null) return seconds;
    addIssue(TIMES);
    return z.NEVER;
  })
  .optional();

/** The flags that a file may give, by the names commander gives them; those of one run alone are not among them. */
const SettingsFile = z.object({
  ...RunContext.shape,
  modelFor: ModelChoice.shape.modelFor.unwrap().optional(),
  temperature: ModelChoice.shape.temperatures.unwrap().optional(),
  prices: ModelChoice.shape.prices.unwrap().optional(),
  baseUrl: z.string().optional(),
  privatePages: z.boolean().optional(),
  time,
  maxScriptRuns: amount,
  maxScriptTime: time,
  maxTokens: amount,
  maxCost: amount,
  sandbox: ScriptPolicy.shape.sandbox.unwrap().unwrap().optional(),
  packages: ScriptPolicy.shape.packages.unwrap().optional(),
  prewarm: z.boolean().optional(),
  python: z.string().optional(),
  checkpoints: z.string().optional(),
});
type SettingsFile = z.infer<typeof SettingsFile>;

const camel = (flag: string) =>
  flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const NAMES = SettingsFile.keyof().options.map(flagOf).toSorted();

/** Gives the command `--settings`: a file in YAML with flags by their names; a flag that was given wins over it. */
export const addSettingsFile = (command: Command): Command =>
  command
    .option("--settings <file>", "YAML with any of these flags, by their names without the dashes")
    .hook("preAction", async (_, action) => {
      const { settings }: { settings?: string } = action.opts();
      if (settings === undefined) return;
      for (const [name, value] of Object.entries(await readSettings(settings))) {
        const given = z.record(z.string(), z.unknown()).safeParse(action.getOptionValue(name));
        if (given.success && typeof value === "object")
          action.setOptionValueWithSource(name, { ...value, ...given.data }, "config");
        else if (action.getOptionValueSource(name) !== "cli")
          action.setOptionValueWithSource(name, value, "config");
      }
    });

/** The flags in a file; throws a SettingsError that says in a sentence what is wrong with it. */
export async function readSettings(file: string): Promise<SettingsFile> {
  const text = textOf(file);
  // Loaded only here: most commands read no such file.
  const { parse } = await import("yaml");
  const refuse = (what: string, cause?: unknown) =>
    new SettingsError(`--settings ${file}: ${what}`, { cause });
  const read = (): unknown => {
    try {
      return parse(text) ?? {};
    } catch (cause) {
      const [reason] = cause instanceof Error ? cause.message.split("\n") : [];
      throw refuse(`it is no YAML (${reason?.replace(/:$/, "")}); correct it`, cause);
    }
  };
  const { data, success } = z.record(z.string(), z.unknown()).safeParse(read());
  if (!success) throw refuse('it is to hold settings such as "model: openai:gpt-5-mini"');
  const key = keyIn(data);
  if (key !== null)
    throw refuse(
      `"${key.name}" holds a key, and keys do not belong in a file: set ${key.variable} in the environment`,
    );
  const stranger = Object.keys(data).find((name) => !NAMES.includes(name));
  if (stranger !== undefined)
    throw refuse(`there is no setting "${stranger}"; there are ${NAMES.join(", ")}`);
  const flags = Object.entries(data).map(([name, value]) => [camel(name), value]);
  const settings = SettingsFile.safeParse(Object.fromEntries(flags));
  if (settings.success) return settings.data;
  const [issue] = settings.error.issues;
  throw refuse(issue === undefined ? "it is not valid" : complaint(issue));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new SettingsError(`--settings ${file}: it cannot be read`, { cause });
  }
}

function complaint(issue: z.core.$ZodIssue): string {
  const [first = "", ...rest] = issue.path.map(String);
  const at = [flagOf(first), ...rest].join(".");
  return `"${at}": ${issue.message.replace(/^Invalid (?:input|option): /, "")}`;
}

const KEY = /key|secret|password|credential|(?:^|[-_])token$/i;
const LOOKS_LIKE_A_KEY = /^(?:sk-|AIza|tvly-)|:\/\/[^/@]*:[^/@]+@/;

/** A key that was written into the file after all, and the variable it belongs in. */
function keyIn(data: Record<string, unknown>): { name: string; variable: string } | null {
  for (const [name, value] of Object.entries(data)) {
    const inside = z.record(z.string(), z.unknown()).safeParse(value).data ?? {};
    const names = name === "prices" ? [] : [name, ...Object.keys(inside)];
    const found = names.find((one) => KEY.test(one));
    const held = [value, ...Object.values(inside)].some((one) =>
      LOOKS_LIKE_A_KEY.test(String(one)),
    );
    if (found === undefined && !held) continue;
    const upper = flagOf(found ?? name)
      .replaceAll(/[^a-z0-9]+/gi, "_")
      .toUpperCase();
    const own = /^[A-Z0-9]+_[A-Z_]*KEY$/.test(upper) && upper !== "API_KEY";
    if (name === "checkpoints") return { name, variable: "PGPASSWORD" };
    return { name: found ?? name, variable: own ? upper : keyVariableOf(String(data["model"])) };
  }
  return null;
}
