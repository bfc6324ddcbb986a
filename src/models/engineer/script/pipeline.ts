import { FEATURE_BLOCKS } from "../blocks/blocks.ts";
import { listOf } from "../blocks/feature-block.ts";
import { byKind } from "../recipe/by-kind.ts";
import type { Facts } from "../recipe/facts.ts";

/** The cell that joins features and models: everything fitted sees the rows of `fit` only. */
export function pipeline(facts: Facts): string {
  const lists = FEATURE_BLOCKS.filter((block) => block.applies(facts)).map(({ name }) =>
    listOf(name),
  );
  return `def build_features(fit, y, other):
    """Feature matrices of both row sets; whatever is fitted sees \`fit\` and its targets only."""
    pairs = [feature(fit, y, other) for feature in ${lists.join(" + ")}]
    matrices = (np.column_stack([np.asarray(pair[side], dtype=float) for pair in pairs]) for side in (0, 1))
    return [np.where(np.isfinite(matrix), matrix, np.nan) for matrix in matrices]


${byKind(facts, facts.series === null ? NUMBERS : SERIES, CLASSES)}`;
}

const NUMBERS = `def predict(fit, other, target):
    """Each model's predictions of a target for the rows of \`other\`, learnt from the rows of \`fit\` alone."""
    total = 0
    for part in parts_of(target):
        seen = fit[part].to_numpy(float)
        y = transform_target(seen)
        X, X_other = build_features(fit, y, other)
        total = total + restore_target(fit_predict(X, y, X_other), seen)
    return total`;

/** The same of what the trend leaves. */
const SERIES = NUMBERS.replace(
  `        X, X_other = build_features(fit, y, other)
        total = total + restore_target(fit_predict(X, y, X_other), seen)`,
  `        base, base_other = trend(fit, y, other)
        X, X_other = build_features(fit, y - base, other)
        total = total + restore_target(fit_predict(X, y - base, X_other) + base_other, seen)`,
);

const CLASSES = `def predict(fit, other, target):
    """Each model's class probabilities of the rows of \`other\`, learnt from the rows of \`fit\` alone."""
    y = fit[target].to_numpy(int)
    X, X_other = build_features(fit, y, other)
    probabilities = np.zeros((len(MEMBERS), len(other), len(CLASSES[target])))
    seen, codes = np.unique(y, return_inverse=True)
    probabilities[:, :, seen] = fit_predict(X, codes, X_other) if len(seen) > 1 else 1
    return probabilities`;
