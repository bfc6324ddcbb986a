import { readFileSync } from "node:fs";
import { SettingsError } from "../core/errors.ts";

/** What stands in the file of a flag, else a sentence about it: that it cannot be read, or what it is to hold. */
export function readFlagFile<Content>(
  flag: string,
  path: string,
  read: (text: string) => Content,
  wanted?: string,
): Content {
  const refused = (why: string, cause: unknown) =>
    new SettingsError(`${flag} ${path}: ${why}`, { cause });
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw refused("it cannot be read", cause);
  }
  try {
    return read(text);
  } catch (cause) {
    const why = wanted ?? (cause instanceof SettingsError ? cause.message : null);
    if (why === null) throw cause;
    throw refused(why, cause);
  }
}
