import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a helper program ended; `lines` are its last ones of either stream. */
export interface CommandEnd {
  exitCode: number | null;
  stdout: string;
  lines: string[];
}

const LINES_KEPT = 20;
const STDOUT_KEPT_CHARACTERS = 4_000_000;

export interface CommandOptions {
  environment?: NodeJS.ProcessEnv | undefined;
  signal?: AbortSignal | undefined;
  timeoutSeconds?: number | undefined;
  onLine?: ((line: string) => void) | undefined;
  /** What it reads from its standard input; nothing by default. */
  input?: string | undefined;
}

/** Runs a trusted helper program without a shell; a program that cannot be started ends with exit code null. */
export function runCommand(
  command: string,
  parameters: readonly string[],
  { environment = process.env, signal, timeoutSeconds, onLine, input }: CommandOptions = {},
): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      env: environment,
      stdio: ["pipe", "pipe", "pipe"],
      signal,
      killSignal: "SIGKILL",
    });
    // spawn's own timer would outlast a command that does not exist, and hold the program for as long.
    const overdue =
      timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => child.kill("SIGKILL"), timeoutSeconds * 1000);
    // A program that does not read what it is given ends with a code of its own.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    const lines: string[] = [];
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (stdout.length < STDOUT_KEPT_CHARACTERS) stdout += text;
    });
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        if (line.trim() === "") return;
        lines.push(line);
        if (lines.length > LINES_KEPT) lines.shift();
        onLine?.(line);
      });
    child.once("error", (error) => {
      clearTimeout(overdue);
      if (signal?.aborted) reject(signal.reason ?? error);
      else resolve({ exitCode: null, stdout: "", lines: [error.message] });
    });
    child.once("close", (exitCode) => {
      clearTimeout(overdue);
      resolve({ exitCode, stdout, lines });
    });
  });
}
