import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { predictScript } from "../../../tools/predict/predict-script.ts";
import { SettingsError } from "../../core/errors.ts";
import { Place } from "../../core/place.ts";
import { command } from "../../core/words/command.ts";
import { readCard } from "../../record/best-folder.ts";
import { readRun } from "../../record/run-record.ts";
import { packagesOf } from "../facts/packages.ts";
import { isOlder, readFacts } from "../facts/read-facts.ts";
import { formatScore } from "../format.ts";
import {
  expectedInWords,
  leakageInWords,
  scoreInWords,
  towardInWords,
  validationInWords,
} from "../in-words.ts";
import { predictionOf, type Tables, tablesOf } from "./prediction-form.ts";

/** A run's best solution, with all that an export says of it. */
export type Exported = Awaited<ReturnType<typeof readExported>>;

/** Reads what is to be exported; of a run of an older form only what its `best/` holds. */
export async function readExported(runsFolder: string, runId: string) {
  const record = readRun(runsFolder, runId);
  const folder = join(runsFolder, runId);
  const facts = isOlder(record) ? null : readFacts(runsFolder, runId);
  const best = facts === null ? olderBest(folder) : facts.best;
  if (best === null)
    throw new SettingsError(
      `run ${runId}: it has no solution to export; see "${command(`show ${runId}`, runsFolder)}"`,
    );
  const workbench = facts?.workbench ?? record.workbench;
  if (workbench === null)
    throw new SettingsError(
      `run ${runId}: it did not record its packages, so they cannot be pinned; run the task again`,
    );
  const worth = facts === null ? formatScore(best.score) : scoreInWords(facts);
  const measured =
    facts &&
    [towardInWords, expectedInWords, validationInWords, leakageInWords].flatMap(
      (say) => say(facts) ?? [],
    );
  const beside = join(folder, "best");
  const files = readdirSync(beside).filter(
    (name) => !/^(?:submission\.csv|score\.json)$/.test(name),
  );
  const read = (name: string) => readFileSync(join(beside, name), "utf8");
  const script = read("solution.py");
  const texts = files.filter((name) => name.endsWith(".py")).map(read);
  const isBlend = files.includes("scripts.json");
  const input = inputOf(folder);
  const ground = facts?.ledger.ground ?? null;
  const tables: Tables =
    input === null
      ? { refused: "its data are not in its folder" }
      : await tablesOf(ground, record, input);
  return {
    ...{ record, workbench, title: best.title, script },
    /** What the script needs of the workbench. */
    packages: packagesOf([...texts, predictScript()].join("\n"), workbench.packages),
    /** Its score and how that was measured, in words. */
    worth: [`${facts?.metric ?? record.metric ?? "score"} ${worth}`, ...(measured ?? [])].join(
      "; ",
    ),
    /** It was trained on all rows, where the search that found it may have used fewer. */
    sawAllRows: Place.parse(best.id).stage === "submission",
    /** It runs the scripts of its members, which stand beside it. */
    isBlend,
    tables,
    /** How new rows are predicted, or why they cannot be. */
    prediction: predictionOf(tables, isBlend ? membersAmong(files).map(read) : [script], input),
    /** The folder of its data as its last scripts found them; null where it is not there. */
    input,
    ...{ facts, beside },
    /** Of what it reads beside the task's own data: the folds it was scored on, and their form. */
    givenFiles: files.filter((name) => GIVEN.includes(name)),
    /** What else stands beside the script, such as those of its members. */
    otherFiles: files.filter((name) => name !== "solution.py" && !GIVEN.includes(name)),
    /** Names of the task's files. */
    inputFiles: (input === null ? [] : readdirSync(input)).filter(
      (name) => name !== "members" && !files.includes(name),
    ),
  };
}

/** In a run that measures, its scripts see these beside the data; the last two where the task brings none. */
const GIVEN = [
  ...["folds.csv", "validation_sample.csv", "classes.csv"],
  ...["test.csv", "sample_submission.csv"],
];

/** Scripts beside the one that joins what they predict. */
const membersAmong = (files: readonly string[]) =>
  files.filter((name) => name.endsWith(".py") && name !== "solution.py");

const inputOf = (folder: string): string | null =>
  ["view-final", "view", "input"].map((name) => join(folder, name)).find(existsSync) ?? null;

/** What an older form keeps in `best/`; its score card may be missing. */
function olderBest(folder: string) {
  const path = join(folder, "best", "solution.py");
  if (!existsSync(path)) return null;
  const card = readCard(folder) ?? { id: "", title: "the best one", score: null };
  return card;
}
