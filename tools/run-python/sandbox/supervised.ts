import { copyFileSync, mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinnedTo } from "../../machine/find-command.ts";
import { bootRequest } from "./boot-request.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import { handOver } from "./slot-user.ts";
import { sendSignal, spawnExecution } from "./spawn-execution.ts";

/** What starts a script and sees to its end; copied beside its home, where whoever it runs as can read it. */
const PROGRAMS = ["supervise.py", "boot.py"];
const BACKSTOP_MILLISECONDS = 3000;

/**
 * Runs scripts as this user below a supervisor, which ends whatever they started: with a clean environment, limits on
 * their resources and a home of their own. What confines them further is the prefix's business.
 */
export function supervised(
  name: string,
  prefix: (spec: ExecutionSpec, temporaryFolder: string) => string[],
  /** The user that it runs as, where that is another one. */
  userFor: (spec: ExecutionSpec) => number | null = () => null,
): Executor {
  return {
    name,
    async start(spec) {
      const user = userFor(spec);
      const temporaryFolder = realpathSync(mkdtempSync(join(tmpdir(), "mle-star-")));
      const home = join(temporaryFolder, "home");
      mkdirSync(home);
      for (const name of PROGRAMS)
        copyFileSync(new URL(name, import.meta.url), join(temporaryFolder, name));
      if (user !== null)
        for (const folder of [spec.workFolder, temporaryFolder]) await handOver(folder, user);
      const request = { ...bootRequest(spec), asker: process.pid, temporaryFolder };
      const execution = await spawnExecution(
        [
          ...prefix(spec, temporaryFolder),
          ...pinnedTo(spec.cores),
          spec.interpreter,
          join(temporaryFolder, "supervise.py"),
          JSON.stringify(request),
        ],
        {
          cwd: spec.workFolder,
          env: { ...spec.environment, HOME: home, TMPDIR: temporaryFolder },
          ...(user === null ? {} : { uid: user, gid: user }),
          stop,
          listens: spec.listens === true,
        },
      );
      const ended = execution.ended.finally(() =>
        rm(temporaryFolder, { recursive: true, force: true, maxRetries: 3 }),
      );
      return { ...execution, ended };
    },
  };
}

/** The supervisor kills what has left the group, too; when it cannot any more, the group is killed. */
function stop(processId: number, force: boolean): void {
  if (!force) {
    sendSignal(-processId, "SIGTERM");
    return;
  }
  sendSignal(processId, "SIGUSR2");
  setTimeout(() => sendSignal(-processId, "SIGKILL"), BACKSTOP_MILLISECONDS).unref();
}
