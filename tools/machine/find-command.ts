import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The full path of a program on the path; null when it is not there. */
export function findCommand(name: string, path: string = process.env["PATH"] ?? ""): string | null {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here: the next folder.
    }
  }
  return null;
}

/** Words that start a program on the given cores only; none where the system has no such command. */
export function pinnedTo(cores: readonly number[]): string[] {
  if (cores.length === 0) return [];
  const taskset = process.platform === "linux" ? findCommand("taskset") : null;
  return taskset === null ? [] : [taskset, "-c", cores.join(",")];
}
