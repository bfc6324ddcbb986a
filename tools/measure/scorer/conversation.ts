import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ToolError } from "../../../src/core/errors.ts";
import type { Python } from "../../environments/interpreter-roots.ts";
import type { Execution, Executor } from "../../run-python/sandbox/executor.ts";
import { removeFolder } from "../../run-python/sandbox/remove-folder.ts";
import { makeWorkFolder, placeScript } from "../../run-python/sandbox/work-folder.ts";
import { scriptEnvironment } from "../../run-python/script-environment.ts";

export interface ConversationOptions {
  python: Python;
  executor: Executor;
  /** What it reads, besides its own programs: absolute, real paths. */
  readable: readonly string[];
  /** Folders of its processes are made below it, and removed. */
  writable: string;
  /** The first line that every process is told. */
  setup: object;
  cpus: number;
  memoryMb: number;
}

/** What a process answered, with the folder that it may have written to, or why there is no answer. */
export type Answer = { answer: unknown; folder: string } | { problem: string };

/** What was answered; without an answer there is an error. */
export function answered(said: Answer): Exclude<Answer, { problem: string }> {
  if ("problem" in said) throw new ToolError(said.problem);
  return said;
}

export interface Conversation {
  /** Asks once nobody else's question is open; `use` has the folder to itself until it settles. */
  ask<T>(request: object, seconds: number, use: (answer: Answer) => Promise<T> | T): Promise<T>;
  close(): Promise<void>;
}

const PROGRAMS = fileURLToPath(new URL(".", import.meta.url));
const START = `import sys\nsys.path.insert(0, ${JSON.stringify(PROGRAMS)})\nfrom serve import main\nmain()\n`;
// A user of its own where root starts it: no script's slot has this number.
const SLOT = 1000;
const TRIES = 2;
const SHOWN_BYTES = 2000;

const Line = z.union([z.object({ answer: z.unknown() }), z.object({ problem: z.string() })]);

/**
 * One Python process that answers questions in their order, confined as scripts are. It starts with the first question; where
 * it dies or is overdue the question is put to a new one, once.
 */
export function startConversation(options: ConversationOptions): Conversation {
  let current: Promise<Process> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  const tryOnce = async (request: object, seconds: number): Promise<Answer | { lost: string }> => {
    current ??= startProcess(options);
    const process = await current;
    const line = await process.ask(request, seconds);
    if (typeof line === "string")
      return { ...Line.parse(JSON.parse(line)), folder: process.folder };
    current = null;
    await process.end();
    return line;
  };

  const askNow = async (request: object, seconds: number): Promise<Answer> => {
    let lost = "";
    for (let tries = 0; tries < TRIES && !closed; tries += 1) {
      const result = await tryOnce(request, seconds);
      if (!("lost" in result)) return result;
      lost = result.lost;
    }
    return { problem: closed ? "The scorer was closed." : `The scorer ${lost}, twice.` };
  };

  return {
    ask(request, seconds, use) {
      const answered = queue.then(async () => use(await askNow(request, seconds)));
      queue = answered.catch(() => {});
      return answered;
    },
    async close() {
      closed = true;
      await (await current)?.end();
      current = null;
    },
  };
}

interface Process {
  folder: string;
  ask(request: object, seconds: number): Promise<string | { lost: string }>;
  end(): Promise<void>;
}

async function startProcess(options: ConversationOptions): Promise<Process> {
  const { python, executor, writable, setup, cpus, memoryMb } = options;
  const data = join(writable, "none");
  await mkdir(data, { recursive: true });
  const folder = await makeWorkFolder(writable, data);
  await placeScript(folder, START);
  const execution = await executor.start({
    interpreter: python.interpreter,
    interpreterRoots: [...python.interpreterRoots, PROGRAMS, ...options.readable],
    workFolder: folder,
    inputFolder: data,
    environment: scriptEnvironment({ cpus, gpu: null, seed: 0, seconds: 0, maxTrainRows: null }),
    ...{ slot: SLOT, cores: [], gpu: null, memoryMb, cpuSeconds: 0, listens: true },
  });
  execution.input?.write(`${JSON.stringify(setup)}\n`);
  return speaking(execution, folder);
}

function speaking(execution: Execution, folder: string): Process {
  const { input, stdout, stderr } = execution;
  if (!input) throw new ToolError("The scorer's process cannot be spoken to.");
  // Its end is seen by its answers' end.
  input.on("error", () => {});
  let said = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-SHOWN_BYTES);
  });
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const ended = execution.ended.catch(() => null);
  return {
    folder,
    async ask(request, seconds) {
      const waiting = new AbortController();
      input.write(`${JSON.stringify(request)}\n`);
      const overdue = sleep(seconds * 1000, null, { signal: waiting.signal, ref: false }).catch(
        () => null,
      );
      const next = await Promise.race([lines.next(), overdue]);
      waiting.abort();
      if (next === null) return { lost: `took longer than ${seconds} s` };
      if (!next.done) return next.value;
      const last = said.trim().split("\n").at(-1) ?? "";
      return { lost: last === "" ? "died" : `died (${last})` };
    },
    async end() {
      execution.stop(true);
      await ended;
      await removeFolder(folder);
    },
  };
}
