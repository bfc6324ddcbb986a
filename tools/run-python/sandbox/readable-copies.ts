import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../../src/core/errors.ts";
import { isThere } from "../../../src/record/process-identity.ts";
import { othersMayRead } from "../../machine/open-to-others.ts";
import { runCommand } from "../../machine/run-command.ts";
import { firstClosed, linkTargets } from "./data-links.ts";
import type { ExecutionSpec } from "./executor.ts";
import { openFolder } from "./open-folder.ts";
import { SCRIPTS_GROUP } from "./slot-user.ts";

const made = new Map<string, Promise<string>>();
const known = new Map<string, boolean>();

/** What a script has to read, as far as there is something in it that root alone may read. */
export function closedPaths({ inputFolder, interpreterRoots }: ExecutionSpec): string[] {
  const data = [inputFolder, ...linkTargets(inputFolder)];
  return [
    ...data.filter((path) => once(path, () => firstClosed(path) !== null)),
    // An environment is closed as a whole or not at all; it would take long to look at each of its files.
    ...interpreterRoots.filter((path) => once(path, () => !othersMayRead(path))),
  ];
}

/** Each of these with a copy that all users of scripts may read, and nobody else: made once, and gone with this program. */
export async function readableCopies(
  spec: ExecutionSpec,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const copies = closedPaths(spec).map(async (path) => [path, await copyOf(path, folder)] as const);
  return new Map(await Promise.all(copies));
}

function once(path: string, look: () => boolean): boolean {
  const before = known.get(path);
  if (before !== undefined) return before;
  const found = look();
  known.set(path, found);
  return found;
}

/** With `whole`, what links in it lead to is copied, too. */
export function copyOf(path: string, folder: string, whole = false): Promise<string> {
  const key = `${whole} ${path}`;
  const copy = made.get(key) ?? makeCopy(path, folder, whole);
  made.set(key, copy);
  return copy;
}

async function makeCopy(path: string, wanted: string, whole: boolean): Promise<string> {
  const folder = openFolder(wanted);
  if (made.size === 0) sweep(folder);
  // By their group: what root alone may read is not shown to everybody.
  const own = join(folder, `${process.pid}-${made.size}`);
  mkdirSync(own);
  chownSync(own, 0, SCRIPTS_GROUP);
  chmodSync(own, 0o750);
  process.once("exit", () => rmSync(own, { recursive: true, force: true }));
  const copy = join(own, "copy");
  for (const [command, ...words] of [
    ["cp", "-R", whole ? "-L" : "-P", "--reflink=auto", "--", path, copy],
    ["chgrp", "-hR", String(SCRIPTS_GROUP), "--", copy],
    ["chmod", "-R", "u=rwX,g=rX,o=", "--", copy],
  ] as const) {
    const { exitCode, lines } = await runCommand(command, words);
    if (exitCode !== 0)
      throw new SettingsError(
        `${path} can be read by root alone, and cannot be copied for the user that its scripts run as (${lines.at(-1) ?? command}): let others read it (chmod -R a+rX).`,
      );
  }
  return copy;
}

/** What programs left that were killed. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder))
    if (!isThere(Number.parseInt(name, 10)))
      rmSync(join(folder, name), { recursive: true, force: true });
}
