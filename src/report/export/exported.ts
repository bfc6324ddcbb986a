import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../core/errors.ts";
import { Place } from "../../core/place.ts";
import { readCard } from "../../record/best-folder.ts";
import { readRun } from "../../record/run-record.ts";
import { packagesOf } from "../facts/packages.ts";
import { isOlder, readFacts } from "../facts/read-facts.ts";
import { formatScore } from "../format.ts";
import { leakageInWords, towardInWords, validationInWords } from "../in-words.ts";

/** A run's best solution, with all that an export says of it. */
export type Exported = ReturnType<typeof readExported>;

/** Reads what is to be exported; of a run of an older form only what its `best/` holds. */
export function readExported(runsFolder: string, runId: string) {
  const record = readRun(runsFolder, runId);
  const folder = join(runsFolder, runId);
  const facts = isOlder(record) ? null : readFacts(runsFolder, runId);
  const best = facts === null ? olderBest(folder) : facts.best;
  if (best === null)
    throw new SettingsError(
      `run ${runId}: it has no solution to export; see "mle-star show ${runId}"`,
    );
  const workbench = facts?.workbench ?? record.workbench;
  if (workbench === null)
    throw new SettingsError(
      `run ${runId}: it did not record its packages, so they cannot be pinned; run the task again`,
    );
  const worth = `${facts?.metric ?? record.metric ?? "score"} ${formatScore(best.score)}`;
  const measured =
    facts && [towardInWords, validationInWords, leakageInWords].map((say) => say(facts));
  const input = join(folder, "input");
  return {
    ...{ record, workbench, title: best.title, script: best.script },
    /** What the script needs of the workbench. */
    packages: packagesOf(best.script, workbench.packages),
    /** Its score and how that was measured, in words. */
    worth: [worth, ...(measured ?? [])].join("; "),
    /** It was trained on all rows, where the search that found it may have used fewer. */
    sawAllRows: Place.parse(best.id).stage === "submission",
    /** Names of the task's files. */
    inputFiles: existsSync(input) ? readdirSync(input) : [],
  };
}

/** What an older form keeps in `best/`; its score card may be missing. */
function olderBest(folder: string) {
  const path = join(folder, "best", "solution.py");
  if (!existsSync(path)) return null;
  const card = readCard(folder) ?? { id: "", title: "the best one", score: null };
  return { ...card, script: readFileSync(path, "utf8") };
}
