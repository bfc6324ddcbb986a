import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { submissionChecker } from "../../tools/check-submission/check-submission.ts";
import { readTask } from "../../tools/read-task/read-task.ts";
import { readBest } from "../../tools/run-folder/best-solution.ts";
import { badLines, eventOf, type Inventory, takeInventory } from "./run-inventory.ts";

/** What all kills of a campaign came to; every figure but the first three should be 0. */
export interface Tally {
  runs: number;
  kills: number;
  killsWithinWrites: number;
  /** Finished calls and scripts that were gone later, or that the scratchpad does not tell at the end. */
  lost: string[];
  /** Finished calls and scripts that were done again. */
  repeated: string[];
  tornOrDoubledLines: string[];
  invalidBest: string[];
  /** Scripts that went on without their run. */
  leftRunning: string[];
  differingResults: string[];
}

export const emptyTally = (): Tally => ({
  ...{ runs: 0, kills: 0, killsWithinWrites: 0 },
  ...{ lost: [], repeated: [], tornOrDoubledLines: [] },
  ...{ invalidBest: [], leftRunning: [], differingResults: [] },
});

export interface Campaign {
  home: string;
  /** The words of the run's command line after `run`, without its id. */
  words: readonly string[];
  taskFolder: string;
  random: () => number;
  environment?: Record<string, string>;
}

const CLI = resolve("src/cli.ts");
const DEADLY = pathToFileURL(resolve("tests/support/kill-at-write.ts")).href;

/** Carries a run out without a kill and returns what it came to: score, script, submission, scores of all candidates. */
export async function unkilled(campaign: Campaign, runId: string): Promise<string> {
  const { exitCode, problem } = await carryOut(campaign, runId, true, null);
  if (exitCode !== 0) throw new Error(`the run without a kill failed: ${problem}`);
  return outcomeOf(join(campaign.home, "runs", runId));
}

/** Kills a run again and again, resuming it each time, until it ends or was killed `mostKills` times and then let go. */
export async function killedRun(
  campaign: Campaign,
  runId: string,
  expected: string,
  mostKills: number,
  tally: Tally,
): Promise<void> {
  const runFolder = join(campaign.home, "runs", runId);
  const check = submissionChecker(await readTask(campaign.taskFolder));
  let before: Inventory = { lines: [], finished: new Map(), bestProblem: null };
  tally.runs += 1;
  for (let kills = 0, isNew = true; ; kills += 1) {
    const killing = kills < mostKills ? drawKill(campaign.random) : null;
    const { exitCode, problem } = await carryOut(campaign, runId, isNew, killing);
    const where = `${runId} after kill ${kills + 1} (${JSON.stringify(killing)})`;
    const now = takeInventory(runFolder);
    compare(before, now, where, tally);
    const best = readBest(runFolder);
    const checked = best && (await check(join(runFolder, "attempts", best.runId)));
    if (checked?.valid === false) tally.invalidBest.push(`${where}: ${checked.problem}`);
    isNew &&= readRecord(runFolder) === null;
    before = now;
    if (exitCode === 0) break;
    if (exitCode !== null) throw new Error(`${where}: exit code ${exitCode}: ${problem}`);
    tally.kills += 1;
    if (killing?.kind === "write") tally.killsWithinWrites += 1;
    await sleep(20);
  }
  for (const [what] of before.finished)
    if (!isTold(what, before.lines)) tally.lost.push(`${runId}: ${what} is not in the scratchpad`);
  tally.leftRunning.push(...(await stillRunning(runFolder)));
  const outcome = outcomeOf(runFolder);
  if (outcome !== expected) tally.differingResults.push(`${runId}: ${outcome}`);
}

type Killing =
  | { kind: "time"; milliseconds: number; group: boolean }
  | { kind: "event"; count: number; milliseconds: number; group: boolean }
  | { kind: "write"; count: number; how: "before" | "half" | "after" };

/** A third each: at any time, shortly after an event was written, and within a write. */
function drawKill(random: () => number): Killing {
  const upTo = (most: number) => Math.floor(random() * most);
  const kind = upTo(3);
  const group = random() < 0.5;
  if (kind === 0) return { kind: "time", milliseconds: 300 + upTo(7000), group };
  if (kind === 1) return { kind: "event", count: 3 + upTo(25), milliseconds: upTo(30), group };
  const how = (["before", "half", "after"] as const)[upTo(3)] ?? "after";
  return { kind: "write", count: 1 + upTo(70), how };
}

/** Runs the program until it ends or is killed; the exit code of a killed one is null. */
function carryOut(
  { home, words, environment }: Campaign,
  runId: string,
  isNew: boolean,
  killing: Killing | null,
): Promise<{ exitCode: number | null; problem: string }> {
  const command = isNew ? ["run", ...words, "--run-id", runId] : ["resume", runId];
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
        ...(deadly ? { KILL_AT_WRITE: String(killing.count), KILL_HOW: killing.how } : {}),
      },
    },
  );
  const kill = () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    process.kill(killing?.kind !== "write" && killing?.group ? -child.pid : child.pid, "SIGKILL");
  };
  const timer = killing?.kind === "time" ? setTimeout(kill, killing.milliseconds) : null;
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
      done({ exitCode, problem });
    });
  });
}

function compare(before: Inventory, now: Inventory, where: string, tally: Tally): void {
  for (const [what, mark] of before.finished) {
    const later = now.finished.get(what);
    if (later === undefined) tally.lost.push(`${where}: ${what}`);
    else if (later !== mark) tally.repeated.push(`${where}: ${what}`);
  }
  if (before.lines.some((line, index) => now.lines[index] !== line))
    tally.lost.push(`${where}: a line of the scratchpad`);
  const { torn, doubled } = badLines(now.lines);
  if (torn + doubled > 0)
    tally.tornOrDoubledLines.push(`${where}: ${torn} torn, ${doubled} doubled`);
  if (now.bestProblem !== null) tally.invalidBest.push(`${where}: ${now.bestProblem}`);
  const ended = new Set<string>();
  for (const event of now.lines.slice(0).map(eventOf)) {
    if (event?.type === "script") ended.add(event.at);
    if (event?.type === "script-started" && ended.has(event.at))
      tally.repeated.push(`${where}: ${event.at} was started after its end`);
  }
}

/** Whether a finished call or script has its line. */
function isTold(what: string, lines: readonly string[]): boolean {
  const [kind, name] = [what.slice(0, what.indexOf(" ")), what.slice(what.indexOf(" ") + 1)];
  const key = kind === "call" ? name : `${name}/script`;
  return lines.some((line) => eventOf(line)?.key === key);
}

function readRecord(runFolder: string): string | null {
  try {
    return readFileSync(join(runFolder, "run.json"), "utf8");
  } catch {
    // Killed before the run began: it is begun anew.
    return null;
  }
}

/** All that must not depend on kills, as one text. */
function outcomeOf(runFolder: string): string {
  const candidates = takeInventory(runFolder).lines.flatMap((line) => {
    const event = eventOf(line);
    return event?.type === "candidate" ? [`${event.at} ${event.score}`] : [];
  });
  const best = ["score.json", "solution.py", "submission.csv"].map((name) =>
    readFileSync(join(runFolder, "best", name), "utf8"),
  );
  return [...candidates.toSorted(), ...best].join("\n");
}

/** Command lines of processes that still work in the run's folder, when they had a moment to end. */
async function stillRunning(runFolder: string): Promise<string[]> {
  await sleep(1500);
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(`${runFolder}/`));
}
