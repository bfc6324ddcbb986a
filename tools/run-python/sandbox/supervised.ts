import { copyFileSync, mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataHome } from "../../environments/data-home.ts";
import { pinnedTo } from "../../machine/find-command.ts";
import { type ControlGroups, findGroups, memoryMeans } from "../groups/find-groups.ts";
import { bootRequest, processLimit } from "./boot-request.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import { shownInPlace } from "./shown-in-place.ts";
import { asUser, handOver } from "./slot-user.ts";
import { sendSignal, spawnExecution } from "./spawn-execution.ts";

/** What starts a script and sees to its end; copied beside its home, where whoever it runs as can read it. */
const PROGRAMS = ["supervise.py", "boot.py"];
const BACKSTOP_MILLISECONDS = 3000;

export interface SupervisedOptions {
  /** The user that a script runs as, where that is another one. */
  userFor?: (spec: ExecutionSpec) => number | null;
  /** The program's data home. */
  home?: string;
  groups?: ControlGroups | null;
}

/**
 * Runs scripts as this user below a supervisor, which ends whatever they started: with a clean environment, limits on
 * their resources and a home of their own. What confines them further is the prefix's business.
 */
export function supervised(
  name: string,
  prefix: (spec: ExecutionSpec, temporaryFolder: string) => string[],
  {
    userFor = () => null,
    home: dataFolder = dataHome(),
    groups = findGroups(),
  }: SupervisedOptions = {},
): Executor {
  return {
    name,
    means: `${memoryMeans(groups)}; work folders are looked at each second`,
    async start(spec) {
      const user = userFor(spec);
      const temporaryFolder = realpathSync(mkdtempSync(join(tmpdir(), "mle-star-")));
      const home = join(temporaryFolder, "home");
      mkdirSync(home);
      for (const name of PROGRAMS)
        copyFileSync(new URL(name, import.meta.url), join(temporaryFolder, name));
      const clean = () => rm(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
      const giveUp = async (error: unknown): Promise<never> => {
        await clean();
        throw error;
      };
      // First, since it may exchange what the work folder holds.
      const shown =
        user === null ? [] : await shownInPlace(spec, temporaryFolder, dataFolder).catch(giveUp);
      if (user !== null)
        for (const folder of [spec.workFolder, temporaryFolder]) await handOver(folder, user);
      const request = { ...bootRequest(spec), asker: process.pid, temporaryFolder };
      const { memoryMb, cores } = spec;
      const group = groups?.make({ memoryMb, cores, processes: processLimit(spec) }) ?? null;
      const execution = await spawnExecution(
        [
          ...(group?.prefix ?? []),
          // Only who made the group may enter it, and only root may mount.
          ...shown,
          ...(user === null ? [] : asUser(user)),
          ...prefix(spec, temporaryFolder),
          ...pinnedTo(spec.cores),
          spec.interpreter,
          join(temporaryFolder, "supervise.py"),
          JSON.stringify(request),
        ],
        {
          cwd: spec.workFolder,
          env: { ...spec.environment, HOME: home, TMPDIR: temporaryFolder },
          stop,
          // The supervisor does not heed it.
          tellWhere: (processId) => sendSignal(-processId, "SIGXCPU"),
          listens: spec.listens === true,
        },
      ).catch(async (error: unknown) => {
        await group?.remove();
        return giveUp(error);
      });
      const ended = execution.ended.finally(group?.remove).finally(clean);
      return { ...execution, ended, ...(group === null ? {} : { hasRunOut: group.hasRunOut }) };
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
