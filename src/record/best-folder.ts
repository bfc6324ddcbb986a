import {
  closeSync,
  copyFileSync,
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
import { SUBMISSION_NAME } from "./attempt.ts";
import type { HandedOut } from "./handed-out.ts";

const Card = z.object({
  /** The candidate it is, or the place of the submission made of it; and the attempt whose files these are. */
  id: z.string(),
  runId: z.string(),
  title: z.string(),
  /** Null for what no score speaks for. */
  score: z.number().nullable(),
});
export type Card = z.infer<typeof Card>;

/** The score card beside the run's best solution; null where there is none, or none that can be read. */
export function readCard(runFolder: string): Card | null {
  try {
    return Card.parse(JSON.parse(readFileSync(join(runFolder, "best", "score.json"), "utf8")));
  } catch {
    // Not there, or torn by a crash: it is written anew.
    return null;
  }
}

/** What a solution consists of: texts, and files to be copied, by their names. */
export interface BestFiles {
  texts: Record<string, string>;
  copies: Record<string, string>;
}

/**
 * Brings `best/` (solution.py and what it needs, submission.csv, score.json) to what the ledger hands out; nothing is there when it hands out
 * nothing. Each is a folder of its own, and `best` a link that is switched over at once: it is whole at any moment.
 */
export function keepBest(
  runFolder: string,
  handedOut: HandedOut | null,
  filesOf: (handedOut: HandedOut) => BestFiles,
): void {
  if (handedOut === null) {
    rmSync(join(runFolder, "best"), { force: true });
    return;
  }
  const card = Card.parse(handedOut);
  if (JSON.stringify(readCard(runFolder)) === JSON.stringify(card)) return;
  const promotions = join(runFolder, "promotions");
  mkdirSync(promotions, { recursive: true });
  const count = readdirSync(promotions).filter((name) => /^\d+$/.test(name)).length;
  const name = String(count + 1).padStart(4, "0");
  const unfinished = join(promotions, `.${name}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  const submission = join(runFolder, "attempts", card.runId, SUBMISSION_NAME);
  copyFileSync(submission, join(unfinished, "submission.csv"));
  const { texts, copies } = filesOf(handedOut);
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(unfinished, file), text);
  for (const [file, from] of Object.entries(copies)) copyFileSync(from, join(unfinished, file));
  const told = JSON.stringify(card, null, 2);
  writeFileSync(join(unfinished, "score.json"), `${told}\n`);
  for (const file of readdirSync(unfinished)) settle(join(unfinished, file));
  renameSync(unfinished, join(promotions, name));
  const link = join(runFolder, ".best");
  rmSync(link, { force: true });
  symlinkSync(join("promotions", name), link);
  renameSync(link, join(runFolder, "best"));
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
