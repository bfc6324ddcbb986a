import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The program's own version, from the nearest package.json above this file: `src/run/` and `dist/src/run/` differ in depth. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(packageFile(), "utf8"))).version;

/** Where the program is installed. */
export const PROGRAM_FOLDER = fileURLToPath(new URL(".", packageFile())).replace(/[/\\]$/, "");

function packageFile(): URL {
  const candidates = ["../../package.json", "../../../package.json"].map(
    (path) => new URL(path, import.meta.url),
  );
  const found = candidates.find((url) => existsSync(url));
  if (found === undefined) throw new Error("package.json is missing beside the program");
  return found;
}
