import { realpathSync } from "node:fs";
import { linkTargets } from "./data-links.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import { supervised } from "./supervised.ts";

/** Runs scripts in the sandbox of macOS: no network, no file of the user's but the Python, the data and the work folder. */
export function seatbelt(command: string): Executor {
  return supervised("seatbelt (not tried on a Mac)", (spec, temporaryFolder) => [
    command,
    "-p",
    seatbeltProfile(spec, temporaryFolder),
  ]);
}

const quoted = (path: string) => `(subpath ${JSON.stringify(path)})`;
const SYSTEM_FOLDERS = ["/usr", "/bin", "/sbin", "/System", "/Library", "/opt", "/private/etc"];
const SYSTEM_FILES = ["/private/var/db/timezone", "/private/var/db/dyld", "/dev"];
const SERVICES = [
  "com.apple.system.logger",
  "com.apple.system.notification_center",
  "com.apple.system.opendirectoryd.libinfo",
  "com.apple.cfprefsd.daemon",
];

/** The profile in the sandbox's own language: everything is denied but what is named. There is no clause for the network. */
export function seatbeltProfile(spec: ExecutionSpec, temporaryFolder: string): string {
  const readable = [
    ...SYSTEM_FOLDERS,
    ...SYSTEM_FILES,
    ...spec.interpreterRoots,
    spec.inputFolder,
    ...linkTargets(spec.inputFolder).map((path) => realpathSync(path)),
  ];
  const writable = [spec.workFolder, temporaryFolder];
  return [
    "(version 1)",
    "(deny default)",
    "(allow process-exec)",
    "(allow process-fork)",
    "(allow signal (target same-sandbox))",
    "(allow process-info* (target same-sandbox))",
    "(allow sysctl-read)",
    // Locks and shared memory of multiprocessing.
    "(allow ipc-posix-sem)",
    "(allow ipc-posix-shm)",
    `(allow mach-lookup ${SERVICES.map((name) => `(global-name "${name}")`).join(" ")})`,
    // Only names and sizes: programs look at every folder on the way to a file.
    "(allow file-read-metadata)",
    `(allow file-read* ${[...readable, ...writable].map(quoted).join(" ")})`,
    `(allow file-write* ${writable.map(quoted).join(" ")} (literal "/dev/null"))`,
  ].join("\n");
}
