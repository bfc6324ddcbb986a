"""How sure a score is: units are drawn again and again, lines of a unit together.

Each draw takes every unit with probability one half (random halves, a bootstrap whose weights are 0 and 2): no line comes twice,
so that metrics of ranks and of pairs are not fooled by ties, and two sets of predictions are compared on the same halves.
"""
import math

import numpy as np

MOST_DRAWS, FEWEST_DRAWS = 200, 40
SECONDS_OF_DRAWS = 3e9
CONFIDENCE = 0.95


def draws_of(on, lines):
    """How many draws a metric is worth: what they cost is known, so that the number does not hang on the machine's load."""
    cost = getattr(on, "cost", 10 * lines)
    return int(np.clip(SECONDS_OF_DRAWS / max(cost, 1), FEWEST_DRAWS, MOST_DRAWS))


def redraw(on, score, units, count, seed=0):
    """The scores of the draws; the same seed draws the same units."""
    random = np.random.default_rng(seed)
    names = int(units.max()) + 1
    whole = names == len(units) and np.array_equal(units, np.arange(names))
    influence = getattr(on, "influence", None)
    if influence is not None:
        influence = influence if whole else np.bincount(units, weights=influence, minlength=names)
    scores = np.empty(count)
    for draw in range(count):
        bits = np.unpackbits(np.frombuffer(random.bytes((names + 7) // 8), dtype=np.uint8), count=names)
        if influence is not None:
            scores[draw] = score + (2.0 * bits - 1) @ influence
            continue
        weights = bits.astype(float) if whole else bits[units].astype(float)
        scores[draw] = on(weights) if bits.any() else np.nan
    return scores


def deviation(scores):
    known = scores[np.isfinite(scores)]
    return float(known.std(ddof=1)) if len(known) > 1 else 0.0


def interval(score, error, scale, units, lines):
    """95 %, on the scale where the score's error is most nearly the same everywhere; never beyond the ends of the metric."""
    from scipy.stats import t

    factor = float(t.ppf((1 + CONFIDENCE) / 2, max(units - 1, 1)))
    if scale == "share":
        return wilson(min(max(score, 0), 1), error, factor, units, lines)
    if scale == "correlation" and abs(score) < 1 and error > 0:
        middle, half = math.atanh(score), factor * error / (1 - score**2)
        return [math.tanh(middle - half), math.tanh(middle + half)]
    if scale == "loss" and score > 0 and error > 0:
        spread = math.exp(min(factor * error / score, 50))
        return [score / spread, score * spread]
    if scale == "gain" and score < 1 and error > 0:
        spread = math.exp(min(factor * error / (1 - score), 50))
        return [1 - (1 - score) * spread, 1 - (1 - score) / spread]
    return [score - factor * error, score + factor * error]


def wilson(share, error, factor, units, lines):
    """Wilson's, of as many independent lines as the error speaks for; at the very ends, of the units."""
    room = share * (1 - share)
    count = min(room / error**2, lines) if error > 0 and room > 1e-12 else units
    middle = (share + factor**2 / (2 * count)) / (1 + factor**2 / count)
    half = factor / (1 + factor**2 / count) * math.sqrt(room / count + factor**2 / (4 * count**2))
    return [max(middle - half, 0), min(middle + half, 1)]
