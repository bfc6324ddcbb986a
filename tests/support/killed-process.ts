import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Services } from "./asked-services.ts";

export interface Campaign {
  home: string;
  /** The words of the run's command line after `run`, without its id. */
  words: readonly string[];
  taskFolder: string;
  random: () => number;
  environment?: Record<string, string>;
  /** What the run asks over HTTP, where it does. */
  services?: Services;
  /** A file with the answer to whatever the run asks a person. */
  answer?: string;
}

/** When and how a process is killed. */
export type Killing =
  | { kind: "time"; milliseconds: number; group: boolean }
  | { kind: "event"; count: number; milliseconds: number; group: boolean }
  | { kind: "request"; count: number; milliseconds: number; group: boolean }
  | { kind: "write"; count: number; how: "before" | "half" | "after" };

/** As often at any time, shortly after an event was written, within a write and, over HTTP, shortly after a request. */
export function drawKill({ random, services }: Campaign): Killing {
  const upTo = (most: number) => Math.floor(random() * most);
  const kind = upTo(services === undefined ? 3 : 4);
  const group = random() < 0.5;
  if (kind === 3) return { kind: "request", count: 1 + upTo(12), milliseconds: upTo(30), group };
  if (kind === 0) return { kind: "time", milliseconds: 300 + upTo(7000), group };
  if (kind === 1) return { kind: "event", count: 3 + upTo(25), milliseconds: upTo(30), group };
  const how = (["before", "half", "after"] as const)[upTo(3)] ?? "after";
  return { kind: "write", count: 1 + upTo(70), how };
}

const CLI = resolve("src/cli.ts");
const DEADLY = pathToFileURL(resolve("tests/support/kill-at-write.ts")).href;

/** Runs the program until it ends or is killed; the exit code of a killed one is null. */
export function carryOut(
  { home, words, environment, services, answer }: Campaign,
  runId: string,
  isNew: boolean,
  killing: Killing | null,
): Promise<{ exitCode: number | null; problem: string }> {
  const command = isNew ? ["run", ...words, "--run-id", runId] : ["resume", runId];
  if (!isNew && answer !== undefined) command.push("--answer", answer);
  const deadly = killing?.kind === "write";
  const child = spawn(
    process.execPath,
    [...(deadly ? ["--import", DEADLY] : []), CLI, ...command, "--json"],
    {
      cwd: home,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        MLE_STAR_HOME: process.env["MLE_STAR_HOME"],
        ...environment,
        ...services?.environment,
        ...(deadly ? { KILL_AT_WRITE: String(killing.count), KILL_HOW: killing.how } : {}),
      },
    },
  );
  const kill = () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    process.kill(killing?.kind !== "write" && killing?.group ? -child.pid : child.pid, "SIGKILL");
  };
  const timer = killing?.kind === "time" ? setTimeout(kill, killing.milliseconds) : null;
  const requests = services?.count() ?? 0;
  const watch = setInterval(() => {
    if (killing?.kind !== "request" || (services?.count() ?? 0) < requests + killing.count) return;
    clearInterval(watch);
    setTimeout(kill, killing.milliseconds);
  }, 2);
  let lines = 0;
  let problem = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const before = lines;
    lines += text.split("\n").length - 1;
    if (killing?.kind === "event" && before < killing.count && lines >= killing.count)
      setTimeout(kill, killing.milliseconds);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    problem += text;
  });
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (exitCode) => {
      clearTimeout(timer ?? undefined);
      clearInterval(watch);
      done({ exitCode, problem });
    });
  });
}
