import { homedir } from "node:os";
import { join } from "node:path";
import { makeFolder } from "../../src/record/make-folder.ts";

/** Where environments and caches live: `MLE_STAR_HOME`, else a place that a dropped user can read too, else the user's own. */
export function dataHome(
  environment: NodeJS.ProcessEnv = process.env,
  userId: number | undefined = process.getuid?.(),
): string {
  const own = environment["MLE_STAR_HOME"];
  if (own) return own;
  // Root's home is closed to the users that scripts run as.
  if (userId === 0) return "/var/lib/mle-star";
  const shared = environment["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
  return join(shared, "mle-star");
}

/** Makes the place where environments and caches live, or refuses one that cannot be written. */
export function makeDataHome(home: string): string {
  makeFolder(home, `${home} cannot be written: name a folder of your own by MLE_STAR_HOME.`);
  return home;
}
