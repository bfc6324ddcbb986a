import { readFileSync, statSync } from "node:fs";
import { SettingsError } from "../core/errors.ts";

const MOST_BYTES = 16 * 2 ** 20;

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
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES)
    throw refused("it has more than 16 MB", null);
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
