import { isOpenToOthers, othersMayRead } from "../../machine/open-to-others.ts";
import { linkTargets } from "./data-links.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import { slotUser } from "./slot-user.ts";
import { supervised } from "./supervised.ts";

/**
 * No sandbox: scripts can read and write whatever their user can, and use the network. Only for who asks for it by name.
 * Root's scripts run as a user without rights, unless that one could not read what they need: then a notice says so.
 */
export function unconfined(onNotice: (sentence: string) => void): Executor {
  let isTold = false;
  return supervised(
    "none",
    () => [],
    (spec) => {
      const user = slotUser(spec.slot);
      const obstacle = user === null ? null : closedToOthers(spec);
      if (obstacle === null) return user;
      if (!isTold)
        onNotice(`Scripts run as root and without a sandbox: no other user can read ${obstacle}.`);
      isTold = true;
      return null;
    },
  );
}

/** What another user needs and cannot read; null when there is nothing. */
function closedToOthers({ inputFolder, interpreterRoots, workFolder }: ExecutionSpec) {
  const data = [inputFolder, ...linkTargets(inputFolder)];
  const closed = [...data, ...interpreterRoots].find(
    (path) => !othersMayRead(path) || !isOpenToOthers(path),
  );
  return closed ?? (isOpenToOthers(workFolder) ? null : workFolder);
}
