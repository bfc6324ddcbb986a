import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Candidate, gain } from "../../src/core/candidate.ts";
import type { Note, Promote } from "../../src/core/ports.ts";

export const BestScore = z.object({
  /** Candidate it came from, and the attempt folder whose files these are. */
  id: z.string(),
  runId: z.string(),
  title: z.string(),
  /** Null once the score turned out to be false. */
  score: z.number().nullable(),
});
export type BestScore = z.infer<typeof BestScore>;

/** The score card of the run's best solution so far; null before the first. */
export function readBest(runFolder: string): BestScore | null {
  const card = join(runFolder, "best", "score.json");
  return existsSync(card) ? BestScore.parse(JSON.parse(readFileSync(card, "utf8"))) : null;
}

/**
 * Keeps `best/` (solution.py, submission.csv, score.json) at the best candidate with a valid submission. Every
 * promotion is a folder of its own, and `best` a link that is switched over at once: it is whole at any moment.
 */
export function bestSolution(runFolder: string, note: Note): Promote {
  const promotions = join(runFolder, "promotions");

  const replace = (card: BestScore, script: string) => {
    mkdirSync(promotions, { recursive: true });
    const count = readdirSync(promotions).filter((name) => /^\d+$/.test(name)).length;
    const name = String(count + 1).padStart(4, "0");
    const unfinished = join(promotions, `.${name}`);
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished);
    writeFileSync(join(unfinished, "solution.py"), script);
    const submission = join(runFolder, "attempts", card.runId, "final", "submission.csv");
    copyFileSync(submission, join(unfinished, "submission.csv"));
    writeFileSync(join(unfinished, "score.json"), `${JSON.stringify(card, null, 2)}\n`);
    for (const file of readdirSync(unfinished)) settle(join(unfinished, file));
    renameSync(unfinished, join(promotions, name));
    const link = join(runFolder, ".best");
    rmSync(link, { force: true });
    symlinkSync(join("promotions", name), link);
    renameSync(link, join(runFolder, "best"));
  };

  const promote = (candidate: Candidate) => {
    const { id, title, score, run, script } = candidate;
    if (score === null || run?.submission?.valid !== true) return;
    const previous = readBest(runFolder)?.score ?? null;
    note({ type: "promotion", key: `${id}/promotion`, at: id, title, score, previous });
    replace({ id, runId: run.id, title, score }, script);
  };

  return {
    stands: () => readBest(runFolder) !== null,
    async whenBetter(candidate, direction) {
      const current = readBest(runFolder)?.score ?? null;
      const { score } = candidate;
      if (score !== null && (current === null || gain(current, score, direction) > 0))
        promote(candidate);
    },
    async always(candidate) {
      const current = readBest(runFolder);
      if (current?.runId !== candidate.run?.id || current?.id !== candidate.id) promote(candidate);
    },
    async distrust({ id }) {
      const current = readBest(runFolder);
      if (current === null || current.id !== id) return;
      const script = readFileSync(join(runFolder, "best", "solution.py"), "utf8");
      replace({ ...current, score: null }, script);
    },
  };
}

/** Has a file's content on the disk before anything points to it: the machine may stop at any moment. */
function settle(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
