import { chmodSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { dataHome } from "../../environments/data-home.ts";
import { isOpenToOthers } from "../../machine/open-to-others.ts";

/** How to start a command as another user, who would not get through root's closed folders by himself. */
export interface Stage {
  /** Words before the command. */
  prefix: string[];
  /** Where the other user finds a path. */
  source(path: string): string;
}

// In a mount namespace of its own, so that nothing of it is seen outside or left over.
const BIND_EACH = `set -e
stage=$1; count=$2; shift 2
mount -t tmpfs -o mode=755,size=1m stage "$stage"
number=0
while [ "$number" -lt "$count" ]; do
  if [ -d "$1" ]; then mkdir "$stage/$number"; else : > "$stage/$number"; fi
  mount --bind "$1" "$stage/$number"
  shift; number=$((number + 1))
done
exec "$@"`;

/** The folder, or, where that is itself closed to others, root's usual one. */
function openStage(wanted: string): string {
  mkdirSync(wanted, { recursive: true, mode: 0o755 });
  if (isOpenToOthers(wanted)) return wanted;
  const usual = join(dataHome({}, 0), "stage");
  mkdirSync(usual, { recursive: true });
  for (const folder of [dirname(usual), usual]) chmodSync(folder, 0o755);
  return usual;
}

/** Binds the paths that are closed to others into a folder that is open, for the started command alone. */
export function stageFor(
  user: number,
  paths: readonly string[],
  stageFolder: string,
  isOpen: (path: string) => boolean = isOpenToOthers,
): Stage {
  const drop = ["setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
  const closed = paths.filter((path) => !isOpen(path));
  if (closed.length === 0) return { prefix: drop, source: (path) => path };
  const stage = openStage(stageFolder);
  const enter = ["unshare", "--mount", "--", "sh", "-c", BIND_EACH, "stage", stage];
  return {
    prefix: [...enter, String(closed.length), ...closed, ...drop],
    source: (path) => (closed.includes(path) ? join(stage, String(closed.indexOf(path))) : path),
  };
}
