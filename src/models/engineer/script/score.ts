import type { Facts } from "../recipe/facts.ts";

/** The cell that predicts, prints the score and leaves the \`answers\` of held-out and test rows. */
export const score = (facts: Facts): string =>
  scoreCell(facts, "held_out[target], tested[target] = out_of_fold(predict, target)");

/** The same for a combination of solutions or members. */
export const combinedScore = (facts: Facts): string =>
  scoreCell(facts, "held_out[target], tested[target] = combine_out_of_fold(target)");

const scoreCell = (
  { targets }: Facts,
  predict: string,
) => `held_out, tested, answered, scores = {}, {}, {}, []
for target in TARGETS:
    ${predict}
    answered[target] = answers(held_out[target].mean(axis=0), tested[target].mean(axis=0), target)
    scores.append(measure(answered[target][0], target))${targets.length > 1 ? TELL_TARGET : ""}
print(f"Final Validation Performance: {np.mean(scores):.8g}")`;

const TELL_TARGET = `
    print(f"{target}: {scores[-1]:.8g}")`;
