import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SUBMISSION_NAME } from "../../src/record/attempt.ts";
import { readCard } from "../../src/record/best-folder.ts";
import { Ledger } from "../../src/record/ledger.ts";
import { submissions } from "../../tools/check-submission/check-submission.ts";
import { readTask } from "../../tools/read-task/read-task.ts";
import { recordedQuestion } from "./asked-services.ts";
import { type Campaign, carryOut, drawKill } from "./killed-process.ts";
import { badLines, eventOf, type Inventory, takeInventory } from "./run-inventory.ts";

/** What all kills of a campaign came to; every figure but the first three should be 0. */
export interface Tally {
  runs: number;
  kills: number;
  killsWithinWrites: number;
  /** Finished effects and lines of the scratchpad that were gone later. */
  lost: string[];
  /** Finished effects that were done again. */
  repeated: string[];
  tornOrDoubledLines: string[];
  invalidBest: string[];
  /** Scripts that went on without their run, and files of writes that were killed. */
  leftBehind: string[];
  differingResults: string[];
}

export const emptyTally = (): Tally => ({
  ...{ runs: 0, kills: 0, killsWithinWrites: 0 },
  ...{ lost: [], repeated: [], tornOrDoubledLines: [] },
  ...{ invalidBest: [], leftBehind: [], differingResults: [] },
});

/** The exit code of a run that waits for a person's answer. */
const WAITS = 130;

/** Carries a run out without a kill and returns what it came to: score, script, submission, scores of all candidates. */
export async function unkilled(campaign: Campaign, runId: string): Promise<string> {
  let { exitCode, problem } = await carryOut(campaign, runId, true, null);
  while (exitCode === WAITS) ({ exitCode, problem } = await carryOut(campaign, runId, false, null));
  if (exitCode !== 0) throw new Error(`the run without a kill failed: ${problem}`);
  const runFolder = join(campaign.home, "runs", runId);
  const known = questionsIn(takeInventory(runFolder));
  const unknown = campaign.services?.asked().filter((question) => !known.has(question)) ?? [];
  if (unknown.length > 0) throw new Error(`asked, and not in the record: ${unknown.join(", ")}`);
  return outcomeOf(runFolder);
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
  const { check } = submissions(await readTask(campaign.taskFolder));
  let before = takeInventory(runFolder);
  const suspects: Suspect[] = [];
  tally.runs += 1;
  for (let kills = 0, isNew = true; ; ) {
    const killing = kills < mostKills ? drawKill(campaign) : null;
    const { exitCode, problem } = await carryOut(campaign, runId, isNew, killing);
    const where = `${runId} after kill ${kills + 1} (${JSON.stringify(killing)})`;
    const now = takeInventory(runFolder);
    compare(before, now, where, tally);
    const known = questionsIn(before);
    for (const question of campaign.services?.asked() ?? [])
      if (known.has(question)) suspects.push({ where, question, times: known.get(question) ?? 0 });
    const best = readCard(runFolder);
    const checked = best && (await check(join(runFolder, "best", "submission.csv")));
    if (checked?.valid === false) tally.invalidBest.push(`${where}: ${checked.problem}`);
    isNew &&= readRecord(runFolder) === null;
    before = now;
    if (exitCode === 0) break;
    if (exitCode === WAITS && campaign.answer !== undefined) {
      for (const at of askedAgain(runFolder, now))
        tally.repeated.push(`${where}: a person was asked again about ${at}`);
      continue;
    }
    if (exitCode !== null) throw new Error(`${where}: exit code ${exitCode}: ${problem}`);
    kills += 1;
    tally.kills += 1;
    if (killing?.kind === "write") tally.killsWithinWrites += 1;
    await sleep(20);
  }
  const asked = questionsIn(before);
  for (const { where, question, times } of suspects)
    if (asked.get(question) === times) tally.repeated.push(`${where}: ${question}`);
  tally.leftBehind.push(...before.leftovers, ...(await stillRunning(runFolder)));
  const outcome = outcomeOf(runFolder);
  if (outcome !== expected) tally.differingResults.push(`${runId}: ${outcome}`);
}

/** A question that came in although the record had its answer, unless it was another one that looks the same. */
interface Suspect {
  where: string;
  question: string;
  /** How often the record had it by then. */
  times: number;
}

/** The questions to services that a record holds the answers to, with how many of each there are. */
function questionsIn({ lines }: Inventory): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of lines.map(eventOf)) {
    const question = event && recordedQuestion(event);
    if (question !== null) counts.set(question, (counts.get(question) ?? 0) + 1);
  }
  return counts;
}

/** Places about which a person is asked although the record has an answer. */
function askedAgain(runFolder: string, { finished }: Inventory): string[] {
  const questions: object = JSON.parse(readFileSync(join(runFolder, "questions.json"), "utf8"));
  const keys = [...finished.keys()];
  return Object.keys(questions).filter((at) => keys.some((key) => key.startsWith(`${at}/review-`)));
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
  for (const event of now.lines.map(eventOf)) {
    if (event?.type === "script") ended.add(event.run.id);
    if (event?.type === "script-started" && ended.has(event.at))
      tally.repeated.push(`${where}: ${event.at} was started after its end`);
  }
}

function readRecord(runFolder: string): string | null {
  try {
    return readFileSync(join(runFolder, "run.json"), "utf8");
  } catch {
    // Killed before the run began: it is begun anew.
    return null;
  }
}

/**
 * All that must not depend on kills, as one text: what each candidate scored, and the files of the best script. What is
 * blended hangs on which track came first; that `best/` is what the events hand out is asked of every inventory.
 */
function outcomeOf(runFolder: string): string {
  const events = takeInventory(runFolder).lines.flatMap((line) => eventOf(line) ?? []);
  const candidates = events.flatMap((event) =>
    event.type === "candidate" ? [`${event.at} ${event.score}`] : [],
  );
  const best = Ledger.of(events).bestScript;
  const submission = join(runFolder, "attempts", best?.run?.id ?? "", SUBMISSION_NAME);
  const files = [best?.id, best?.script, readFileSync(submission, "utf8")];
  return [...candidates.toSorted(), ...files].join("\n");
}

/** Command lines of processes that still work in the run's folder, when they had a moment to end. */
async function stillRunning(runFolder: string): Promise<string[]> {
  await sleep(1500);
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(`${runFolder}/`));
}
