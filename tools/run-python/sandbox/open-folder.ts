import { chmodSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { dataHome } from "../../environments/data-home.ts";
import { isOpenToOthers } from "../../machine/open-to-others.ts";

/** Makes the folder, or, where that is itself closed to others, the one of that name in root's usual place. */
export function openFolder(wanted: string): string {
  mkdirSync(wanted, { recursive: true, mode: 0o755 });
  if (isOpenToOthers(wanted)) return wanted;
  const usual = join(dataHome({}, 0), basename(wanted));
  mkdirSync(usual, { recursive: true });
  for (const folder of [dirname(usual), usual]) chmodSync(folder, 0o755);
  return usual;
}
