"""A linear stack: numbers added up, or logits of probabilities, with an offset for each column; held near the weights it starts from."""
import numpy as np
from combine import into_space, logits
from scipy.optimize import minimize

MOST_MEMBERS = 12
MOST_LINES = 30_000
PENALTY = 0.01


def stack_of(arrays, truth, weights, space, one, rows):
    """A stack over the members that have most weight, fitted on some rows; `truth` is in the space, or 0 to 1 for logits."""
    used = np.sort(np.argsort(-weights)[: min(MOST_MEMBERS, int((weights > 0).sum()))])
    start = weights[used] / weights[used].sum()
    if len(rows) > MOST_LINES:
        rows = np.sort(np.random.default_rng(0).choice(rows, MOST_LINES, replace=False))
    if space in ("value", "log"):
        parts = [into_space(arrays[member][rows], space) for member in used]
        factors, offsets = of_numbers(parts, truth[rows], start)
    else:
        parts = [logits(arrays[member][rows], one) for member in used]
        factors, offsets = of_logits(np.stack(parts), truth[rows], start, one)
    return used, factors.tolist(), offsets.tolist()


def of_numbers(parts, truth, start):
    means = np.array([part.mean(axis=0) for part in parts])
    flat = np.stack([(part - mean).ravel() for part, mean in zip(parts, means)])
    goal = (truth - truth.mean(axis=0)).ravel()
    products = flat @ flat.T / len(goal)
    held = PENALTY * np.mean(np.diag(products))
    factors = np.linalg.solve(products + held * np.eye(len(start)), flat @ goal / len(goal) + held * start)
    return factors, truth.mean(axis=0) - factors @ means


def of_logits(parts, truth, start, one):
    count, columns = truth.shape

    def loss(settings):
        factors, offsets = settings[: len(start)], settings[len(start) :]
        total = offsets + np.tensordot(factors, parts, 1)
        if one:
            total -= total.max(axis=1, keepdims=True)
            scale = np.log(np.exp(total).sum(axis=1, keepdims=True))
            chances = np.exp(total - scale)
            value = -(truth * (total - scale)).sum() / count
        else:
            chances = 1 / (1 + np.exp(-total))
            value = (np.logaddexp(0, total) - truth * total).sum() / count
        rest = (chances - truth) / count
        away = factors - start
        value += PENALTY * (away @ away + offsets @ offsets / columns)
        slope = [np.tensordot(parts, rest, 2) + 2 * PENALTY * away, rest.sum(axis=0) + 2 * PENALTY * offsets / columns]
        return value, np.concatenate(slope)

    found = minimize(loss, np.concatenate([start, np.zeros(columns)]), jac=True, method="L-BFGS-B", options={"maxiter": 60})
    return found.x[: len(start)], found.x[len(start) :]
