"""How labels are decided on from scores so that the metric is best; fitted on some lines, used on others."""
import numpy as np
from combine import decided
from labels import LABEL_FORMULAS

MOST_TRIED = 200
TRIED_BY_CALLS = 20
SMOOTHED = 9
THRESHOLD = {"f1", "f1_macro", "balanced_accuracy", "cohen_kappa", "mcc"}
PRIORS = {"f1", "f1_macro", "balanced_accuracy", "cohen_kappa", "mcc"}
POWERS = (0.25, 0.5, 0.75, 1.0)
ROUNDS = 2


def highest(scores):
    return {"kind": "factors", "factors": [1.0] * scores.shape[1]}


def decision_for(name, scores, truth, context):
    """The settings under which these scores do best against these codes."""
    score = scorer(name, truth, context)
    plain = highest(scores)
    classes = scores.shape[1]
    if name == "quadratic_kappa":
        return best([plain, cuts(score, scores, truth, context["places"][:classes])], score, scores)
    if classes == 2 and name in THRESHOLD:
        return threshold(score, scores, context["positive"] if context["positive"] is not None else 1)
    if name in PRIORS:
        shares = np.maximum(scores.mean(axis=0), 1e-6)
        return best([plain, *[{"kind": "factors", "factors": list(shares**-power)} for power in POWERS]], score, scores)
    return plain


def decision_by(own, scores, positive):
    """The same by a score of one's own."""
    score = lambda codes: value if np.isfinite(value := own(codes)) else -np.inf
    plain, shares = highest(scores), np.maximum(scores.mean(axis=0), 1e-6)
    ways = [{"kind": "factors", "factors": list(shares**-power)} for power in POWERS]
    if scores.shape[1] == 2:
        ways = [threshold(score, scores, 1 if positive is None else positive, most=TRIED_BY_CALLS)]
    return best([plain, *ways], score, scores)


def scorer(name, truth, context):
    def score(codes):
        value = LABEL_FORMULAS[name](truth[:, None], codes[:, None], context)(np.ones(len(truth)))
        return value if np.isfinite(value) else -1.0

    return score


def best(decisions, score, scores):
    return max(decisions, key=lambda decision: score(decided(scores, decision)))


def threshold(score, scores, positive, most=MOST_TRIED):
    """The middle of the best stretch: a single best threshold is mostly luck."""
    tried = np.unique(np.quantile(scores[:, positive], np.linspace(0.002, 0.998, most)))
    found = np.array([score(np.where(scores[:, positive] >= at, positive, 1 - positive)) for at in tried])
    width = min(SMOOTHED, len(tried))
    about = np.convolve(np.pad(found, width // 2, mode="edge"), np.ones(width) / width, mode="valid")[: len(tried)]
    return {"kind": "threshold", "positive": int(positive), "at": float(tried[about.argmax()])}


def cuts(score, scores, truth, places):
    """Where the expected class passes from one to the next: first as often as in truth, then each cut in turn."""
    expected = scores @ places
    shares = np.bincount(truth, minlength=len(places))[np.argsort(places)].cumsum()[:-1] / len(truth)
    at = np.quantile(expected, np.clip(shares, 0, 1))
    made = lambda at: {"kind": "cuts", "places": places.tolist(), "at": np.sort(at).tolist()}
    steps = (np.quantile(expected, 0.9) - np.quantile(expected, 0.1)) * np.array([-0.08, -0.04, -0.02, 0.02, 0.04, 0.08])
    for _ in range(ROUNDS):
        for place in range(len(at)):
            tried = [at] + [np.where(np.arange(len(at)) == place, at + step, at) for step in steps]
            at = max(tried, key=lambda one: score(decided(scores, made(one))))
    return made(at)
