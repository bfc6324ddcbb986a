import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

export const NO_CHROMIUM =
  "no Chromium: install Debian's package `chromium`, or name one in MLE_STAR_CHROMIUM";

/** The Chromium that tests look at pages with; null where there is none: tests then say why they were skipped. */
export function chromiumPath(): string | null {
  const named = process.env["MLE_STAR_CHROMIUM"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates =
    named === undefined
      ? folders.flatMap((folder) =>
          ["chromium", "chromium-browser"].map((name) => join(folder, name)),
        )
      : [named];
  return candidates.find(isExecutable) ?? null;
}

/** Starts it without a sandbox of its own and without any talk to the network. */
export const startChromium = (
  executablePath: string,
  more: readonly string[] = [],
): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not a program.
    return false;
  }
}
