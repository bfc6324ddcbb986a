import { readFileSync } from "node:fs";
import { SettingsError } from "../core/errors.ts";

/** The text of `--instructions`, or of the file of `--instructions-file`. */
export function instructionsOf(flags: {
  instructions?: string;
  instructionsFile?: string;
}): string | undefined {
  const { instructions, instructionsFile: path } = flags;
  if (path === undefined) return instructions;
  if (instructions !== undefined)
    throw new SettingsError("give --instructions or --instructions-file, not both");
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SettingsError(`--instructions-file ${path}: it cannot be read`, { cause });
  }
}
