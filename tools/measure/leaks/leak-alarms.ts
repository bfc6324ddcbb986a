import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Direction, gain, type Run } from "../../../src/core/candidate.ts";
import type { SplitKind } from "../../../src/core/ground.ts";
import type { Alarm, Measurement } from "../../../src/core/measurement.ts";
import { isOwnMetric } from "../../../src/core/metric.ts";
import { parseScore } from "../../../src/core/score.ts";
import type { Task } from "../../../src/core/task.ts";
import type { Fold } from "./fold-units.ts";
import { type Gap, gapAlarm } from "./gap-alarm.ts";
import { learnedLabels } from "./learned-labels.ts";
import { lookAtScript } from "./look-at-script.ts";
import { permutedView } from "./permuted-view.ts";

/** A view in which the units of a fold have each other's labels: `./input` of one more run. */
export interface Changed extends Fold {
  seed: number;
  /** The changed view. */
  input: string;
}

/** Signs that a measured score is false; those that withdraw are proof. */
export interface LeakAlarms {
  /** The score that the script printed, beside the measured one. */
  claim(run: Pick<Run, "stdout">, measured: Measurement, direction: Direction): Alarm | null;
  /** A look at its text; one alarm at most, with all that was found. */
  look(script: string): Promise<Alarm[]>;
  gap(own: Gap, siblings: readonly Gap[]): Alarm | null;
  /** Null where there can be no such view. */
  permuted(request: { runFolder: string; seed: number }): Promise<Changed | null>;
  /** What a script left of the view, and of the changed view. */
  judge(request: { changed: Changed; before: string; after: string }): Promise<Alarm | null>;
}

const CLAIM_ERRORS = 3;
const LEAST_CLAIM = 0.001;
/** Honest scripts stay below 3: early stopping and tuning bring them there. Target encoding of all rows is at 10. */
const MOST_DEVIATIONS = 5;
const FOLD = 0;

export function leakAlarms(options: {
  task: Task;
  interpreter: string;
  /** How units are drawn: where they belong together, a random split of a script's own is proof. */
  split: SplitKind;
}): LeakAlarms {
  const { task, interpreter, split } = options;
  const isRandom = split === "random" || split === "stratified";
  const table = task.train?.path ?? "";
  const targets = task.targets.map(({ name }) => name);
  let making: Promise<string | null> = Promise.resolve(null);
  return {
    claim({ stdout }, { score, error }, direction) {
      // A script may print another measure beside a person's own, which it does not have.
      if (isOwnMetric(task.metric)) return null;
      const claimed = parseScore(stdout);
      const least = Math.max(CLAIM_ERRORS * error, LEAST_CLAIM * Math.abs(score));
      if (claimed === null || gain(score, claimed, direction) <= least) return null;
      const sentence = `It prints ${claimed.toPrecision(5)} where ${score.toPrecision(5)} was measured.`;
      return { kind: "claim", sentence, withdraws: false };
    },

    async look(script) {
      if (targets.length === 0) return [];
      const found = await lookAtScript(interpreter, { script, table, targets });
      const sentence = found.map((finding) => finding.sentence).join(" ");
      const withdraws = found.some(
        ({ certain, kind }) => certain && !(isRandom && kind === "own-split"),
      );
      return found.length === 0 ? [] : [{ kind: "look", sentence, withdraws }];
    },

    gap: gapAlarm,

    async permuted({ runFolder, seed }) {
      const [view, truth] = [join(runFolder, "view"), join(runFolder, "truth")];
      const into = join(runFolder, "view-permuted");
      if (!existsSync(join(truth, "validation.csv"))) return null;
      const labels = labelColumns(task);
      const changed = { view, truth, fold: FOLD, seed };
      // One after another: the first makes it for all.
      const made = making.then(() => permutedView({ ...changed, table, labels, into }));
      making = made.catch(() => null);
      const reason = await made;
      return reason === null ? { ...changed, input: into } : null;
    },

    async judge({ changed, before, after }) {
      const deviations = await learnedLabels({ ...changed, before, after });
      if (deviations === null || deviations <= MOST_DEVIATIONS) return null;
      const sentence =
        "It learned the labels that it was to predict: given others for a validation fold, it predicts those.";
      return { kind: "permuted", sentence, withdraws: true };
    },
  };
}

/** The targets, and what else stands in train alone: it may tell of them. */
function labelColumns({ train, test, targets, submission }: Task): string[] {
  const asked = targets.map(({ name }) => name);
  const shared = new Set([
    ...(test?.columns ?? []).map(({ name }) => name),
    ...submission.idColumns,
  ]);
  const own = test === null ? [] : (train?.columns ?? []).map(({ name }) => name);
  return [...new Set([...asked, ...own.filter((name) => !shared.has(name))])];
}
