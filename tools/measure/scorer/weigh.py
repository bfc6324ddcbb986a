"""Weights for members, none of which is trained: greedy selection with replacement (Caruana), bagged over halves of the members."""
import numpy as np

STEPS = 30
BAGS = 8
SMALL_BAGS = 3
FEWEST_TO_BAG = 6
LEAST_WEIGHT = 0.02
MOST_LINES = 20_000


class Squares:
    """Squared distance to the truth, or how far from it in correlation: both need only products of members, kept by group of lines."""

    def __init__(self, members, truth, groups, correlated):
        self.correlated = correlated
        flat = [np.reshape(member, (len(groups), -1)) for member in members]
        if correlated:
            flat, truth = [member - member.mean(axis=0) for member in flat], truth - truth.mean(axis=0)
        self.parts = []
        for group in range(groups.max() + 1):
            lines = groups == group
            stack = np.stack([member[lines].ravel() for member in flat]).astype(np.float64)
            goal = truth[lines].ravel()
            self.parts.append((stack @ stack.T, stack @ goal, goal @ goal))

    def choose(self, without, allowed):
        products, goals, size = (sum(part[place] for group, part in enumerate(self.parts) if group != without) for place in range(3))
        products, goals = products[np.ix_(allowed, allowed)], goals[allowed]
        own = np.diag(products)

        def losses(counts):
            total = counts.sum() + 1
            square = counts @ products @ counts + 2 * (products @ counts) + own
            hit = counts @ goals + goals
            if self.correlated:
                return -hit / np.sqrt(np.maximum(square * size, 1e-300))
            return square / total**2 - 2 * hit / total

        return greedy(losses, len(allowed))


class Pointwise:
    """Any loss of the averaged prediction, on at most so many lines."""

    def __init__(self, members, loss, groups):
        values = np.stack([np.reshape(member, len(groups) * (member.size // len(groups))) for member in members]).astype(np.float32)
        groups = np.repeat(groups, values.shape[1] // len(groups))
        self.kept = np.arange(values.shape[1])
        if len(self.kept) > MOST_LINES:
            self.kept = np.sort(np.random.default_rng(0).choice(len(self.kept), MOST_LINES, replace=False))
        self.values, self.groups, self.loss = values[:, self.kept], groups[self.kept], loss

    def choose(self, without, allowed):
        lines = self.groups != without
        values, kept = self.values[np.ix_(allowed, lines)], self.kept[lines]

        def losses(counts):
            total = (counts @ values)[None, :]
            return self.loss((total + values) / (counts.sum() + 1), kept).mean(axis=1)

        return greedy(losses, len(allowed))


def greedy(losses, size):
    """How often each is taken: the one that helps most, again and again, as long as it was ever the best."""
    counts, best, found = np.zeros(size), np.inf, np.zeros(size)
    for _ in range(STEPS):
        now = losses(counts)
        pick = int(now.argmin())
        counts = counts + (np.arange(size) == pick)
        if now[pick] < best:
            best, found = now[pick], counts
        elif counts.sum() > found.sum() + 5:
            break
    return found / max(found.sum(), 1)


def weights_of(objective, size, without):
    """Weights over all members that leave a group of lines (-1: none) out of sight; small ones are dropped."""
    everyone = np.arange(size)
    if size < FEWEST_TO_BAG:
        return objective.choose(without, everyone)
    random = np.random.default_rng(0)
    weights = np.zeros(size)
    for _ in range(BAGS if isinstance(objective, Squares) else SMALL_BAGS):
        allowed = np.sort(random.choice(size, (size + 1) // 2, replace=False))
        weights[allowed] += objective.choose(without, allowed)
    weights = np.where(weights < LEAST_WEIGHT * weights.sum(), 0, weights)
    return weights / weights.sum()
