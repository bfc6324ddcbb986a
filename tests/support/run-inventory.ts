import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Run } from "../../src/core/candidate.ts";
import { RecordedEvent } from "../../src/core/run-event.ts";
import { BestScore } from "../../tools/run-folder/best-solution.ts";

/** What a run folder holds at one moment, read from the files alone. */
export interface Inventory {
  /** Whole lines of the scratchpad; a last one without its end is not among them. */
  lines: string[];
  /** Finished calls and script runs, each with marks that change when it is done anew. */
  finished: ReadonlyMap<string, string>;
  /** What is wrong with `best/`; null when all is well, or nothing was to be there yet. */
  bestProblem: string | null;
}

const Result = z.object({ run: Run });

export function takeInventory(runFolder: string): Inventory {
  const path = join(runFolder, "scratchpad.jsonl");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
  return {
    lines,
    finished: new Map([...finishedCalls(runFolder), ...finishedScripts(runFolder)]),
    bestProblem: bestProblem(runFolder, lines),
  };
}

/** Lines of the scratchpad that are no event, or have the key of an earlier one. */
export function badLines(lines: readonly string[]): { torn: number; doubled: number } {
  const events = lines.flatMap((line) => eventOf(line) ?? []);
  const keys = new Set(events.map(({ key }) => key));
  return { torn: lines.length - events.length, doubled: events.length - keys.size };
}

export function eventOf(line: string): RecordedEvent | null {
  try {
    return RecordedEvent.parse(JSON.parse(line));
  } catch {
    // Counted as a torn line by the caller.
    return null;
  }
}

const below = (folder: string, ending: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
        name.endsWith(ending),
      )
    : [];

/** A file that was written again has another inode or another time. */
function mark(path: string): string {
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino} ${mtimeMs} ${size}`;
}

function finishedCalls(runFolder: string): [string, string][] {
  const folder = join(runFolder, "calls");
  return below(folder, ".json").map((name) => [
    `call ${name.replace(/\.json$/, "")}`,
    mark(join(folder, name)),
  ]);
}

function finishedScripts(runFolder: string): [string, string][] {
  const folder = join(runFolder, "attempts");
  return below(folder, "result.json").map((name) => {
    const attempt = join(folder, name, "..");
    const files = ["result.json", "solution.py", "stdout.txt", "stderr.txt"];
    return [
      `script ${name.replace(/\/result\.json$/, "")}`,
      files.map((file) => mark(join(attempt, file))).join(", "),
    ];
  });
}

/** Script, score and submission must belong to one attempt, whose submission passed the check. */
function bestProblem(runFolder: string, lines: readonly string[]): string | null {
  const best = join(runFolder, "best");
  if (!existsSync(best)) {
    const promoted = lines
      .map(eventOf)
      .some((event) => event?.type === "candidate" && event.score !== null);
    return promoted ? "there is none although a candidate has a score" : null;
  }
  const read = (...path: string[]) => readFileSync(join(runFolder, ...path), "utf8");
  try {
    const card = BestScore.parse(JSON.parse(read("best", "score.json")));
    const { run } = Result.parse(JSON.parse(read("attempts", card.runId, "result.json")));
    if (run.submission?.valid !== true) return `the submission of ${card.runId} is not valid`;
    for (const name of ["solution.py", "submission.csv"]) {
      const source = name === "solution.py" ? [name] : ["final", name];
      if (read("best", name) !== read("attempts", card.runId, ...source))
        return `${name} is not that of ${card.runId}`;
    }
    return null;
  } catch (error) {
    return String(error);
  }
}
