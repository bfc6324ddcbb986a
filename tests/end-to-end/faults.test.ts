import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, expect, test } from "vitest";
import { type CommandEnd, mleStar } from "../support/command-line.ts";
import { type Inventory, takeInventory } from "../support/run-inventory.ts";
import { smallDisk } from "../support/small-disk.ts";
import { makeTinyTask } from "../support/tiny-task.ts";

const home = mkdtempSync(join(tmpdir(), "mle-star-faults-"));
const WORDS =
  "run tiny --no-cache --run-id hurt --json --tracks 1 --models 2 --outer-steps 1 --inner-steps 1 --ensemble-rounds 0".split(
    " ",
  );
const RESUME = ["resume", "hurt", "--json"];
/** A run that was killed when it had its first score. */
const killed = join(home, "runs", "hurt");

beforeAll(async () => {
  makeTinyTask(join(home, "tiny"));
  await mleStar(WORDS, { cwd: home, onLine: afterCandidate((kill) => kill("SIGKILL")) });
});

type Kill = (signal: NodeJS.Signals) => void;
const afterCandidate = (work: (kill: Kill) => void) => (line: string, kill: Kill) => {
  if (JSON.parse(line).type === "candidate") work(kill);
};

/** Resumes a copy of the killed run that something was done to. */
async function resumed(hurt: (runFolder: string) => void) {
  const cwd = mkdtempSync(join(home, "copy-"));
  const runFolder = join(cwd, "runs", "hurt");
  cpSync(killed, runFolder, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  const before = takeInventory(runFolder);
  hurt(runFolder);
  const again = () => mleStar(RESUME, { cwd });
  return { runFolder, before, again, end: await again() };
}

/** Nothing that was finished was done again, and all of it is told. */
function expectNothingLost(before: Inventory, runFolder: string): void {
  const now = takeInventory(runFolder);
  expect([...before.finished].filter(([what, mark]) => now.finished.get(what) !== mark)).toEqual(
    [],
  );
  expect(now.lines.slice(0, before.lines.length)).toEqual(before.lines);
  expect(now.bestProblem).toBeNull();
}

function forgetCheckpoints(runFolder: string): void {
  for (const ending of ["", "-wal", "-shm"])
    rmSync(join(runFolder, `checkpoints.sqlite${ending}`), { force: true });
}

const oneSentence = ({ stderr }: CommandEnd) => stderr.trim().split("\n").at(-1);

test.each([
  {
    what: "no checkpoints, and a line that a crash tore",
    hurt: (runFolder: string) => {
      forgetCheckpoints(runFolder);
      appendFileSync(join(runFolder, "scratchpad.jsonl"), '{"time":"2026-01-01T00');
    },
  },
])("a run with $what goes on, and does nothing again", async ({ hurt }) => {
  const { before, runFolder, end } = await resumed(hurt);
  expect(end).toMatchObject({ exitCode: 0 });
  expect(before.finished.size).toBeGreaterThan(3);
  expectNothingLost(before, runFolder);
});

test("damaged checkpoints are named, with what to do; then the run goes on", async () => {
  const { before, runFolder, end, again } = await resumed((runFolder) => {
    forgetCheckpoints(runFolder);
    writeFileSync(join(runFolder, "checkpoints.sqlite"), "x".repeat(20_000));
  });
  expect(end.exitCode).toBe(1);
  expect(oneSentence(end)).toMatch(
    /^run hurt: .*checkpoints\.sqlite is damaged; move it away .* and go on with "npm run mle-star -- resume hurt"$/,
  );
  forgetCheckpoints(runFolder);
  expect(await again()).toMatchObject({ exitCode: 0 });
  expectNothingLost(before, runFolder);
});

test("checkpoints that another program keeps locked are named; then the run goes on", async () => {
  let other: DatabaseSync | null = null;
  const { before, runFolder, end, again } = await resumed((runFolder) => {
    other = new DatabaseSync(join(runFolder, "checkpoints.sqlite"));
    other.exec("BEGIN EXCLUSIVE");
  });
  expect(end.exitCode).toBe(1);
  expect(oneSentence(end)).toMatch(
    /^run hurt: another program holds .*checkpoints\.sqlite locked; end it and go on/,
  );
  (other as DatabaseSync | null)?.close();
  expect(await again()).toMatchObject({ exitCode: 0 });
  expectNothingLost(before, runFolder);
});

test("a disk that fills up, then is read-only, stops the run with a sentence; then it goes on", async (context) => {
  const disk = smallDisk(context, 900_000);
  const words = ["--runs-dir", disk];
  const runFolder = join(disk, "hurt");
  const filler = join(disk, "filler");
  const full = await mleStar([...WORDS, ...words], {
    cwd: home,
    onLine: afterCandidate(() => {
      if (!existsSync(filler)) fill(filler);
    }),
  });
  expect(full.exitCode).toBe(1);
  // Which part of the program finds it first is a matter of moments.
  expect(oneSentence(full)).toMatch(/disk .*(full|free|space).* resume/);
  const before = takeInventory(runFolder);
  expect(before.bestProblem).toBeNull();

  execFileSync("mount", ["-o", "remount,ro", disk]);
  const readOnly = await mleStar([...RESUME, ...words], { cwd: home });
  expect(readOnly).toMatchObject({ exitCode: 1, stdout: "" });
  expect(oneSentence(readOnly)).toMatch(/hurt cannot be written; make it writable and go on/);
  execFileSync("mount", ["-o", "remount,rw", disk]);

  rmSync(filler);
  expect(await mleStar([...RESUME, ...words], { cwd: home })).toMatchObject({ exitCode: 0 });
  expectNothingLost(before, runFolder);
});

/** Takes all room there is. */
function fill(path: string): void {
  for (let bytes = 2 ** 26; bytes >= 1; bytes = Math.floor(bytes / 2))
    try {
      for (;;) appendFileSync(path, Buffer.alloc(bytes));
    } catch {
      // No room for so much: less may fit.
    }
}

test("a program that was put to sleep counts no work meanwhile, and no script is over its time", async () => {
  const words = "--tracks 1 --models 1 --outer-steps 0 --ensemble-rounds 0 --script-seconds 15";
  let asleep = false;
  const end = await mleStar(["run", "tiny", "--no-cache", "--json", ...words.split(" ")], {
    cwd: home,
    onLine: (line, signal) => {
      if (asleep || JSON.parse(line).type !== "script-started") return;
      asleep = true;
      signal("SIGSTOP");
      setTimeout(() => signal("SIGCONT"), 20_000);
    },
  });
  expect(end).toMatchObject({ exitCode: 0 });
  const events = end.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const scripts = events.filter(({ type }) => type === "script");
  expect(scripts.map(({ run }) => run.outcome)).toEqual(["ok"]);
  expect(events.at(-1).seconds).toBeLessThan(20);
});
