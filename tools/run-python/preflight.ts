import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { RunPurpose } from "../../src/core/candidate.ts";
import type { RunRequest } from "../../src/core/ports.ts";
import { SCORE_MARKER } from "../../src/core/score.ts";
import type { Python } from "../environments/interpreter-roots.ts";
import type { ProvidePackages } from "../environments/provide-packages.ts";

const CHECK = fileURLToPath(new URL("./check.py", import.meta.url));
const CHECK_SECONDS = 20;

const Report = z.object({
  syntax: z.string().nullable(),
  missing: z.array(z.string()).default([]),
  earlyExit: z.number().nullable().default(null),
  texts: z.array(z.string()).default([]),
});

/** What a look at a script gives: the Python to run it with, or why running it is no use, as Python would say it. */
export interface Preflight {
  (request: RunRequest): Promise<Python | { problem: string }>;
  close(): void;
}

/**
 * Reads a script before it runs: its syntax, the contract, and the packages it needs beyond the base. The Python that
 * reads is started for the first script, and then waits for the next.
 */
export function scriptPreflight(python: Python, packages: ProvidePackages): Preflight {
  let reader: ReturnType<typeof startReader> | null = null;
  const look = async ({ script, purpose, signal }: RunRequest) => {
    reader ??= startReader(python.interpreter);
    const answer = await reader.ask(script);
    if (answer === null) {
      // What the reader cannot cope with, running it will tell.
      reader = null;
      return packages([], signal);
    }
    const report = Report.parse(JSON.parse(answer));
    const problem = report.syntax ?? contractProblem(report, purpose);
    return problem === null ? packages(report.missing, signal) : { problem };
  };
  const close = () => {
    reader?.end();
    reader = null;
  };
  return Object.assign(look, { close });
}

/** It answers in the order that it is asked; null once it has ended. */
function startReader(interpreter: string) {
  const child = spawn(interpreter, ["-I", CHECK], { env: {}, stdio: ["pipe", "pipe", "ignore"] });
  const end = () => child.kill("SIGKILL");
  // Both are seen by its answers' end.
  for (const emitter of [child, child.stdin]) emitter.on("error", () => {});
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (script: string): Promise<string | null> => {
    const overdue = setTimeout(end, CHECK_SECONDS * 1000);
    child.stdin.write(`${JSON.stringify(script)}\n`);
    const answer = await answers.next();
    clearTimeout(overdue);
    return answer.done ? null : answer.value;
  };
  return { ask, end };
}

const MARKER_WORDS = SCORE_MARKER.replace(/:$/, "");
const FOREIGN_PATH = /^(?:\.\.\/|\/kaggle\/|~\/|\/home\/|\/root\/|\/content\/)/;

function contractProblem(
  { earlyExit, texts }: z.infer<typeof Report>,
  purpose: RunPurpose,
): string | null {
  if (earlyExit !== null)
    return `ContractError: line ${earlyExit} ends the script before its last statement; remove the exit.`;
  const foreign = texts.find((text) => FOREIGN_PATH.test(text));
  if (foreign !== undefined)
    return `ContractError: ${JSON.stringify(foreign)} lies outside the script's folder; the data are in ./input and results go to ./final.`;
  if (purpose === "solution" && !texts.some((text) => text.includes(MARKER_WORDS)))
    return `ContractError: the script never prints "${SCORE_MARKER} <number>", so that it would have no score.`;
  return null;
}
