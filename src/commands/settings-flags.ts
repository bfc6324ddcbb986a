import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { PRESETS, PresetName, Settings } from "../core/settings.ts";

const Meaning = z.object({ symbol: z.string(), description: z.string() });

/** Gives the command a flag for every number of the paper, made from the settings themselves. */
export function addSettingsFlags(command: Command): Command {
  for (const [name, schema] of Object.entries(Settings.shape)) {
    const { symbol, description } = Meaning.parse(schema.meta());
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const fallback: unknown = schema.parse(undefined);
    const text = `${description}${symbol === "" ? "" : ` (${symbol} in the paper)`}`;
    if (typeof fallback === "boolean") command.option(`--no-${flag}`, `without: ${description}`);
    else if (typeof fallback === "number")
      command.option(`--${flag} <number>`, `${text} (default ${fallback})`, wholeNumber);
    else if (typeof fallback === "string") command.option(`--${flag} <text>`, text);
    else command.option(`--${flag} <list>`, text, (list: string) => list.split(","));
  }
  return command;
}

/** The settings of a command line: the preset's numbers under those given by flags. */
export function settingsOf(preset: string, flags: Record<string, unknown>): Settings {
  const name = PresetName.safeParse(preset);
  if (!name.success)
    throw new SettingsError(`--preset ${preset}: choose one of ${PresetName.options.join(", ")}`);
  // A flag that was not given must not hide the preset's number; commander reports `true` for an absent --no-flag.
  const given = Object.entries(flags).filter(
    ([key, value]) => key in Settings.shape && value !== undefined && value !== true,
  );
  const settings = Settings.safeParse({ ...PRESETS[name.data], ...Object.fromEntries(given) });
  if (settings.success) return settings.data;
  const [issue] = settings.error.issues;
  throw new SettingsError(`setting ${issue?.path.join(".")}: ${issue?.message}`);
}

function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError("it must be a whole number.");
  return Number(text);
}
