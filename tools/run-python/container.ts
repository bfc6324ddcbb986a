import { spawn } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { bootRequest } from "./boot-request.ts";
import { linkTargets, needOpenData } from "./data-links.ts";
import type { ExecutionSpec, Executor } from "./executor.ts";
import { handOver, slotUser } from "./slot-user.ts";
import { spawnExecution } from "./spawn-execution.ts";

const ownFile = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const WORK = "/job";
const MOST_PROCESSES = 512;

let containers = 0;

/**
 * Runs each script in a container of its own by Docker or Podman, from an image that holds Python and the packages: no
 * network, read-only but for the work folder, without capabilities, as this user.
 */
export function container(command: string, image: string): Executor {
  return {
    name: basename(command),
    async start(spec) {
      const user = slotUser(spec.slot, process.getuid?.());
      if (user !== null) {
        needOpenData(spec.inputFolder);
        await handOver(spec.workFolder, user);
      }
      containers += 1;
      const name = `mle-star-${process.pid}-${containers}`;
      const spawned = await spawnExecution(
        [command, ...containerArguments(basename(command), image, spec, name)],
        { env: process.env, listens: true, stop: () => kill(command, name) },
      );
      const stop = (force: boolean) => {
        // Also where the engine has yet to make what it shall kill.
        spawned.input?.end();
        spawned.stop(force);
      };
      return { ...spawned, stop };
    },
  };
}

/** Ending the client would leave the container running. */
function kill(command: string, name: string): void {
  const killer = spawn(command, ["kill", name], { stdio: "ignore" });
  // The engine has gone: its containers with it.
  killer.on("error", () => {});
}

/** The words of `docker run`; standard input stays open as long as this program wants the container. */
export function containerArguments(
  engine: string,
  image: string,
  spec: ExecutionSpec,
  name: string,
): string[] {
  const slot = slotUser(spec.slot, process.getuid?.());
  const user = slot ?? process.getuid?.() ?? 1000;
  const group = slot ?? process.getgid?.() ?? 1000;
  const environment = { ...spec.environment, HOME: "/tmp/home", TMPDIR: "/tmp", USER: "sandbox" };
  const cores = spec.cores.length === 0 ? [] : ["--cpuset-cpus", spec.cores.join(",")];
  return [
    ...[
      "run",
      "--rm",
      "--interactive",
      "--log-driver",
      "none",
      "--name",
      name,
      "--hostname",
      "sandbox",
    ],
    ...["--network", "none", "--ipc", "private", "--read-only"],
    ...["--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...["--user", `${user}:${group}`],
    // Without root Podman maps users: the script's is to be who owns the work folder.
    ...(engine === "podman" && slot === null ? ["--userns", "keep-id"] : []),
    ...["--pids-limit", String(MOST_PROCESSES)],
    ...["--memory", `${spec.memoryMb}m`, "--memory-swap", `${spec.memoryMb}m`],
    ...["--shm-size", "1g", "--tmpfs", "/tmp:rw,nosuid,nodev,size=1g,mode=1777"],
    ...cores,
    ...(spec.gpu === null ? [] : ["--gpus", `device=${spec.gpu.id}`]),
    ...["--volume", `${ownFile("boot.py")}:/boot.py:ro`],
    ...["--volume", `${ownFile("contain.py")}:/contain.py:ro`],
    ...[spec.inputFolder, ...linkTargets(spec.inputFolder)].flatMap((path) => [
      "--volume",
      `${path}:${path}:ro`,
    ]),
    ...["--volume", `${spec.workFolder}:${WORK}:rw`, "--workdir", WORK],
    ...Object.entries(environment).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ...["--entrypoint", "python3", image, "/contain.py", JSON.stringify(bootRequest(spec))],
  ];
}
