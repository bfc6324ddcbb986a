import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { SettingsError } from "../core/errors.ts";
import { PRESETS, PresetName, parseSettings, Settings } from "../core/settings.ts";

const Meaning = z.object({ symbol: z.string(), description: z.string() });

/**
 * Gives the command a flag for every number of the paper, made from the settings themselves. Only those shown are in its
 * help: the others are taken, so that they can be refused with a reason.
 */
export function addSettingsFlags(
  command: Command,
  shown: readonly string[] = Object.keys(Settings.shape),
): Command {
  for (const [name, schema] of Object.entries(Settings.shape)) {
    const { symbol, description } = Meaning.parse(schema.meta());
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const fallback: unknown = schema.parse(undefined);
    const text = `${description}${symbol === "" ? "" : ` (${symbol} in the paper)`}`;
    const option =
      typeof fallback === "boolean"
        ? new Option(`--no-${flag}`, `without: ${description}`)
        : typeof fallback === "number"
          ? new Option(`--${flag} <number>`, `${text} (default ${fallback})`).argParser(wholeNumber)
          : typeof fallback === "string"
            ? new Option(`--${flag} <text>`, text)
            : new Option(`--${flag} <list>`, text).argParser((list) => list.split(","));
    command.addOption(option.hideHelp(!shown.includes(name)));
  }
  return command;
}

/** The settings of a command line: the preset's numbers under those given by flags. */
export function settingsOf(preset: string, flags: Record<string, unknown>): Settings {
  const name = PresetName.safeParse(preset);
  if (!name.success)
    throw new SettingsError(`--preset ${preset}: choose one of ${PresetName.options.join(", ")}`);
  return parseSettings({ ...PRESETS[name.data], ...settingsGiven(flags) });
}

/**
 * The settings that a command line names, not yet validated. A flag that was not given must not hide another number;
 * commander reports `true` for an absent --no-flag.
 */
export const settingsGiven = (flags: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(flags).filter(
      ([key, value]) => key in Settings.shape && value !== undefined && value !== true,
    ),
  );

function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError("it must be a whole number.");
  return Number(text);
}
