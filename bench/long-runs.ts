/**
 * Prints what a run of many attempts takes: disk and memory at 50 attempts and at the end, and the time from a resumption
 * to its first step: `node bench/long-runs.ts [attempts of each track]`. A model on loopback answers at once.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fakeOpenaiServer } from "../tests/support/fake-openai-server.ts";
import { longAnswers } from "../tests/support/long-answers.ts";
import { makeTinyTask } from "../tests/support/tiny-task.ts";

const INNER = 10;
const [perTrack = 250] = process.argv.slice(2).map(Number);
const attempts = 2 * perTrack;
/** With the two models that the tracks begin with. */
const candidatesInAll = attempts + 2;
const home = mkdtempSync(join(tmpdir(), "mle-star-long-"));
makeTinyTask(join(home, "tiny"));
const answer = longAnswers();
const server = await fakeOpenaiServer(({ messages }) => ({
  text: answer(messages[0]?.content ?? ""),
}));
const runFolder = join(home, "runs", "long");

function start(...words: string[]): ChildProcess {
  const { PATH, HOME, MLE_STAR_HOME } = process.env;
  return spawn(process.execPath, [resolve("src/cli.ts"), ...words, "--json"], {
    cwd: home,
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH, HOME, MLE_STAR_HOME, VLLM_API_KEY: "none" },
  });
}

/** Follows a program's events to the one that is waited for, or to its end. */
async function follow(child: ChildProcess, until: (type: string) => boolean): Promise<void> {
  if (child.stdout === null) throw new Error("the program has no output");
  const ended = new Promise((done) => child.once("exit", done));
  for await (const line of createInterface({ input: child.stdout }))
    if (until(JSON.parse(line).type)) {
      child.kill("SIGKILL");
      break;
    }
  await ended;
}

const size = (name: string) =>
  existsSync(join(runFolder, name)) ? statSync(join(runFolder, name)).size : 0;
const residentMb = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

interface Look {
  attempts: number;
  databaseBytes: number;
  scratchpadBytes: number;
  residentMb: number;
}
function look(count: number, child: ChildProcess): Look {
  return {
    attempts: count,
    databaseBytes: size("checkpoints.sqlite") + size("checkpoints.sqlite-wal"),
    scratchpadBytes: size("scratchpad.jsonl"),
    residentMb: residentMb(child.pid),
  };
}

/** From the start of the program to the first step that it does, and of that until it has the run in hand. */
async function resumption(): Promise<{ opened: number; firstStep: number }> {
  const began = performance.now();
  let opened = 0;
  await follow(start("resume", "long"), (type) => {
    if (type === "opened") opened = performance.now() - began;
    return type === "call" || type === "script-started";
  });
  return { opened, firstStep: performance.now() - began };
}

const looks: Look[] = [];
let count = 0;
const began = performance.now();
const counting = (child: ChildProcess, stopAt: number) => (type: string) => {
  if (type !== "candidate") return false;
  count += 1;
  if (count === 50 || count === candidatesInAll) looks.push(look(count, child));
  return count >= stopAt;
};
const words =
  `run tiny --run-id long --no-cache --sandbox none --model vllm:fast --base-url ${server.url}/v1 --tracks 2 --models 1`.split(
    " ",
  );
const first = start(
  ...[...words, "--outer-steps", String(perTrack / INNER), "--inner-steps", String(INNER)],
  ...["--ensemble-rounds", "1", "--patience", "0", "--time", "20h"],
);
await follow(first, counting(first, 10));
const early = await resumption();
count = candidates();
const second = start("resume", "long");
await follow(second, counting(second, candidatesInAll));
const late = await resumption();
count = candidates();
const third = start("resume", "long");
await follow(third, counting(third, Number.POSITIVE_INFINITY));
console.log(
  `${attempts} attempts in ${((performance.now() - began) / 1000).toFixed(0)} s, in ${home}`,
);
await server[Symbol.asyncDispose]();

function candidates(): number {
  return (
    readFileSync(join(runFolder, "scratchpad.jsonl"), "utf8").split('"type":"candidate"').length - 1
  );
}

console.table(
  looks.map(({ attempts: made, databaseBytes, scratchpadBytes, residentMb: resident }) => ({
    attempts: made,
    "database bytes an attempt": Math.round(databaseBytes / made),
    "scratchpad bytes an attempt": Math.round(scratchpadBytes / made),
    "resident MB": Math.round(resident),
  })),
);
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
console.log(
  `resumed to the first step: ${seconds(early.firstStep)} s at 10 attempts, ${seconds(late.firstStep)} s at ${attempts} (${(late.firstStep / early.firstStep).toFixed(2)} times); from having the run in hand ${seconds(early.firstStep - early.opened)} s and ${seconds(late.firstStep - late.opened)} s`,
);
