import { gain } from "../../../core/candidate.ts";
import type { SummarizerInput } from "../../../core/questions.ts";
import { ablationEffects } from "../../../core/score.ts";

/** The effects of an ablation in words, the greatest first; later rules read the block names back from the quotes. */
export function summarizer({ ablation, task }: SummarizerInput): string {
  const { baseline, effects } = ablationEffects(ablation.stdout);
  if (baseline === null || effects.length === 0)
    return "The ablation gave no measurements, so nothing is known about the blocks' effects.";
  const losses = effects
    .map(({ part, score }) => ({ part, score, loss: gain(score, baseline, task.direction) }))
    .toSorted((a, b) => b.loss - a.loss);
  const sentences = losses.map(({ part, score, loss }) => {
    const share = `${((100 * Math.abs(loss)) / Math.max(Math.abs(baseline), 1e-12)).toFixed(1)} %`;
    const effect = loss > 0 ? `worsens by ${share}` : loss < 0 ? `improves by ${share}` : "stays";
    return `Without "${part}" the ${task.metric} ${effect} (${shown(score)}).`;
  });
  return [
    `As it is, the solution reaches ${shown(baseline)} on the folds used here.`,
    ...sentences,
  ].join(" ");
}

/** The loss that each block's absence cost, as a share of the score, read back from a summary. */
export function effectsOf(summary: string): Map<string, number> {
  const found = summary.matchAll(
    /Without "([^"]+)" the \S+ (?:(worsens|improves) by ([\d.]+) %|stays)/g,
  );
  return new Map(
    [...found].map(([, block = "", verb, share]) => [
      block,
      (Number(share ?? 0) / 100) * (verb === "improves" ? -1 : 1),
    ]),
  );
}

const shown = (score: number): string => `${Number(score.toPrecision(6))}`;
