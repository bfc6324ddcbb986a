import { Place } from "../core/place.ts";
import { leftOut } from "../core/step.ts";
import { ownRuns } from "../record/costs.ts";
import type { AttemptFact } from "./facts/attempts.ts";
import type { RunFacts } from "./facts/run-facts.ts";
import {
  callsInWords,
  formatChange,
  formatCount,
  formatDuration,
  formatScore,
  rounded,
  sentence,
  withError,
} from "./format.ts";
import { apartInWords, CLAIMED, resultInWords, scoreText } from "./score-in-words.ts";
import { shownFiles, withheldFiles } from "./shown-files.ts";

/** One thing that is told of a run wherever it is told of. */
export interface HeadFact {
  term: string;
  told: string;
}

/** What came out, how far it can be trusted and what it took: the same on the screen, in the page and in Markdown. */
export function headFacts(facts: RunFacts): HeadFact[] {
  const { record, ledger, state, problem, best, bestAttempt, submissions } = facts;
  const fact = (term: string, told: string | null) => (told === null ? [] : [{ term, told }]);
  const modality = ledger.task?.modality ?? "not read";
  return [
    ...fact("Problem", state === "failed" ? problem : null),
    ...fact("Fork", forkInWords(facts)),
    ...fact("Left out", leftOutInWords(facts)),
    ...fact("Solution", best && `${bestAttempt?.place.words ?? best.title}: ${best.title}`),
    ...fact("Expected", expectedInWords(facts)),
    ...fact("Train, test", ledger.ground?.apart ? apartInWords(ledger.ground.apart) : null),
    ...fact("Validation", best && validationInWords(facts)),
    ...fact("Alarms", alarmsInWords(facts)),
    ...fact("Leakage", best && leakageInWords(facts)),
    ...fact("Submission", best && submissionInWords(facts)),
    ...submissions.flatMap(({ kept, reason }) => fact("Refused", kept ? null : reason)),
    ...fact("Work", `${formatDuration(ledger.secondsWorked)}: ${workInWords(facts)}`),
    ...fact("Model", modelInWords(facts)),
    ...fact(
      "Data",
      `${modality}, fingerprint ${record.task.fingerprint.slice(0, 12)}${lookInWords(facts)}`,
    ),
    ...fact("Shown", shownInWords(facts)),
    ...fact("Withheld", withheldFiles(record.task.withheld).join("; ") || null),
  ];
}

/** What of the task folder scripts saw; null for a run that did not keep it. */
function shownInWords({ record }: RunFacts): string | null {
  const shown = shownFiles(Object.keys(record.task.files));
  return shown.length === 0 ? null : shown.join(", ");
}

/** Whether a script looked at the data first, and what came of it. */
function lookInWords({ exploration: { scripts, findings } }: RunFacts): string {
  if (scripts.length === 0) return "";
  const seconds = scripts.reduce((sum, { run }) => sum + run.seconds, 0);
  const lines = findings === null ? "nothing" : `${findings.split("\n").length} lines`;
  return `; explored in ${formatDuration(seconds)}: ${lines} for the agents`;
}

/** The run's score as it heads whatever is told: the one to expect once the run has ended, until then that of the best. */
export function scoreInWords({ ledger, best, bestAttempt }: RunFacts): string {
  const measured = ledger.result?.measured ?? null;
  if (measured !== null) return withError(measured.score, measured.error);
  const { measurement = null } = bestAttempt ?? {};
  return scoreText(best?.score ?? null, { measurement }, ledger.ground);
}

/** What to expect of the result on new data, and what says so; null before the end of a run, and where nobody measured. */
export function expectedInWords({ ledger: { result, ground } }: RunFacts): string | null {
  return result?.measured == null ? null : resultInWords(result, ground?.noun);
}

function alarmsInWords({ alarms }: RunFacts): string | null {
  if (alarms.length === 0) return null;
  const concerned = new Set(alarms.map(({ runId }) => runId)).size;
  const proven = new Set(alarms.flatMap(({ withdraws, runId }) => (withdraws ? [runId] : []))).size;
  return `${concerned} attempt${concerned === 1 ? "" : "s"} with signs of a false score${proven === 0 ? "" : `, ${proven} proven`}`;
}

/** Which scores are better. */
export const towardInWords = ({ ledger }: RunFacts) =>
  ledger.direction === "minimize" ? "lower is better" : "higher is better";

/** How far the run came. */
export function progressInWords({ ledger, best, bestAttempt, firstScore }: RunFacts): string {
  if (best === null) return "no candidate left a score and a valid submission";
  if (best.score === null || firstScore === null) return "no score counts: a plain baseline stands";
  const isSame = best.score === firstScore;
  const change = isSame ? "as good as" : formatChange(firstScore, best.score, ledger.direction);
  const where = bestAttempt?.measurement == null ? "" : ", in validation";
  return `${change}${isSame ? "" : " than"} the first score, ${formatScore(firstScore)}${where}`;
}

/** How the score that chose the best was measured, in a line: its spread over folds, and out of how many it was chosen. */
export function validationInWords({
  validation,
  attempts,
  bestAttempt,
  ledger: { ground },
}: RunFacts): string {
  const scored = attempts.filter(({ score }) => score !== null).length;
  const { measurement = null } = bestAttempt ?? {};
  const folds = measurement?.folds.filter((score) => score !== null) ?? [];
  const among = `; the best of ${scored} scored`;
  if (measurement !== null && ground !== null) {
    const units = `${formatCount(ground.units.validation)} ${ground.noun}s`;
    const spread = folds.length < 2 ? "" : ` in ${folds.length} folds${rangeOf(folds)}`;
    return `${withError(measurement.score, measurement.error)} on ${units}${spread}${among}`;
  }
  const said = validation.folds;
  if (said === null) return `${CLAIMED}, on rows that it held out itself${among}`;
  const { scores, deviation } = said;
  return `${CLAIMED}: ${scores.length} folds${rangeOf(scores)}, standard deviation ${rounded(deviation, 3)}${among}`;
}

const rangeOf = (scores: readonly number[]) =>
  ` from ${formatScore(Math.min(...scores))} to ${formatScore(Math.max(...scores))}`;

/** What the checks for leakage came to, in a line. */
export function leakageInWords({ leakageChecks, attempts, record }: RunFacts): string {
  if (!record.settings.leakageCheck) return "leakage check switched off";
  const leaks = attempts.filter(({ leakage }) => leakage !== null).length;
  return `${leakageChecks} scripts checked for leakage, ${leaks || "none"} leaked${withdrawnOf(attempts)}`;
}

function withdrawnOf(attempts: readonly AttemptFact[]): string {
  const { length } = attempts.filter(({ withdrawn }) => withdrawn !== null);
  return length === 0 ? "" : `, ${length} withdrawn`;
}

/** Why a candidate does not count, or what stands in the way of a score; null when it has one. */
export const problemInWords = ({
  score,
  earned,
  withdrawn,
  problem,
}: Pick<AttemptFact, "score" | "earned" | "withdrawn" | "problem">) =>
  withdrawn === null
    ? score === null
      ? (problem ?? "no score")
      : null
    : `withdrawn: ${withdrawn} (it had ${formatScore(earned)})`;

function submissionInWords({ check }: RunFacts): string {
  const valid = "valid: columns, rows, ids and values as the sample asks";
  return `best/submission.csv, ${check?.valid ? valid : (check?.problem ?? "not checked")}`;
}

function leftOutInWords({ ledger, record }: RunFacts): string | null {
  const steps = ledger.leftOut.map(({ step, at }) => leftOut({ kind: step, at }, record.settings));
  const places = [...new Set(steps)].map((step) => Place.parse(step).words);
  const [last] = ledger.leftOut.slice(-1);
  return last === undefined ? null : `${places.join("; ")}. Because of: ${sentence(last.reason)}`;
}

function workInWords({ attempts: told, quietBlends, scripts, ledger }: RunFacts): string {
  const attempts = told.filter(({ blend }) => blend === null);
  const blends = told.length - attempts.length + quietBlends.length;
  const failed = attempts.filter(({ earned }) => earned === null).length;
  const known = scripts.filter(({ run, isShared }) => !isShared && run.origin === "cache").length;
  return [
    `${attempts.length} candidates (${failed} failed${withdrawnOf(attempts)})`,
    ...(blends === 0 ? [] : [`${blends} blend${blends === 1 ? "" : "s"}`]),
    `${ownRuns(ledger).length} scripts run`,
    ...(known === 0 ? [] : [`${known} known from an earlier run`]),
  ].join(", ");
}

/** Who answered the agents, and what was paid for it. */
function modelInWords({ record, totals }: RunFacts): string {
  if (record.choice.replay !== null) return "the answers of a recorded run";
  const names = new Set([record.model, ...Object.values(record.choice.modelFor)]);
  const told = [...names].map((name) => (name === "offline" ? "built-in engineer" : name));
  if (totals.calls.calls > 0) return `${told.join(", ")}: ${callsInWords(totals.calls)}`;
  return record.model === "offline" ? "built-in engineer, no language model" : record.model;
}

/** Where a fork comes from, and what it shares with that run and did not pay for. */
function forkInWords({ record: { fork }, scripts, ledger }: RunFacts): string | null {
  if (fork === null) return null;
  const shared = scripts.filter(({ isShared }) => isShared).length;
  const calls = ledger.calls.filter(({ sharedFrom }) => sharedFrom !== null).length;
  const shares = `; it shares ${shared} scripts and ${calls} answers, which are not in its costs`;
  const of = `of run ${fork.runId}, from ${Place.parse(fork.from).words} on: ${fork.change}`;
  return shared + calls === 0 ? of : of + shares;
}
