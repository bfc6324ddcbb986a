import { join } from "node:path";
import { isOpenToOthers } from "../../machine/open-to-others.ts";
import { openFolder } from "./open-folder.ts";
import { asUser } from "./slot-user.ts";

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

/** Binds the paths that are closed to others, or what is copied of them, into a folder that is open, for the started command alone. */
export function stageFor(
  user: number,
  paths: readonly string[],
  stageFolder: string,
  isOpen: (path: string) => boolean = isOpenToOthers,
  copies: ReadonlyMap<string, string> = new Map(),
): Stage {
  const drop = asUser(user);
  const closed = paths.filter((path) => copies.has(path) || !isOpen(path));
  if (closed.length === 0) return { prefix: drop, source: (path) => path };
  const stage = openFolder(stageFolder);
  const enter = ["unshare", "--mount", "--", "sh", "-c", BIND_EACH, "stage", stage];
  const from = closed.map((path) => copies.get(path) ?? path);
  return {
    prefix: [...enter, String(closed.length), ...from, ...drop],
    source: (path) => (closed.includes(path) ? join(stage, String(closed.indexOf(path))) : path),
  };
}
