"""Weights for members, none of which is trained: greedy selection with replacement (Caruana), bagged over groups of lines.

An objective keeps what it needs of the members' predictions, and says for each member what the average costs with one more of it.
"""
import numpy as np

STEPS = 30
PATIENCE = 5
LEAST_WEIGHT = 0.02
MOST_CELLS = 15_000
MOST_SCORES = 16_000
BINS = 1024
SQUARES_OF_LABELS = 0.1
MOST_OWN = 6
SECONDS_OF_OWN = 6
# How many averages with each member are tried in all: steps of each of the 15 pairs of five groups.
CHOICES = 15 * 12


class Squares:
    """Squared distance to the truth, or how far from it in correlation: both need only products of members, kept by group of lines."""

    def __init__(self, members, truth, groups, correlated):
        self.correlated, self.known = correlated, {}
        flat = [np.reshape(member, (len(groups), -1)) for member in members]
        if correlated:
            flat, truth = [member - member.mean(axis=0) for member in flat], truth - truth.mean(axis=0)
        self.parts = []
        for group in range(groups.max() + 1):
            lines = groups == group
            stack = np.stack([member[lines].ravel() for member in flat]).astype(np.float64)
            goal = truth[lines].ravel()
            self.parts.append((stack @ stack.T, stack @ goal, goal @ goal))

    def choose(self, without):
        products, goals, size = (sum(part[place] for group, part in enumerate(self.parts) if group not in without) for place in range(3))
        own = np.diag(products)

        def losses(counts):
            total = counts.sum() + 1
            square = counts @ products @ counts + 2 * (products @ counts) + own
            hit = counts @ goals + goals
            if self.correlated:
                return -hit / np.sqrt(np.maximum(square * size, 1e-300))
            return square / total**2 - 2 * hit / total

        return greedy(losses, len(goals))


class Averages:
    """Any loss of the averaged predictions (members x lines x columns) of some lines."""

    def __init__(self, members, groups, loss, most=MOST_CELLS):
        self.loss, self.known = loss, {}
        self.lines = np.arange(len(groups))
        width = np.size(members[0]) // len(groups)
        if np.size(members[0]) > most:
            self.lines = np.sort(np.random.default_rng(0).choice(len(groups), max(most // width, 1), replace=False))
        self.values = np.stack([np.reshape(member, (len(groups), width))[self.lines] for member in members]).astype(np.float32)
        self.groups = groups[self.lines]

    def choose(self, without):
        seen = ~np.isin(self.groups, without)
        values, lines = self.values[:, seen], self.lines[seen]

        def losses(counts):
            total = np.tensordot(counts.astype(np.float32), values, 1)
            return self.loss((total + values) / np.float32(counts.sum() + 1), lines)

        return greedy(losses, len(values))


class Own:
    """A person's own metric of the averages: each costs a call, so only of the members that squares prefer, and of the best."""

    def __init__(self, members, usual, loss, seconds):
        self.members, self.usual, self.loss, self.known = members, usual, loss, {}
        self.most = int(min(MOST_OWN, SECONDS_OF_OWN / max(seconds, 1e-6) / CHOICES))

    def choose(self, without):
        weights = self.usual.choose(without)
        if self.most < 2:
            return weights
        order = np.argsort(-weights, kind="stable")[: self.most - 1]
        few = np.unique([0, *order[weights[order] > 0]])

        def losses(counts):
            total = sum(count * self.members[member] for count, member in zip(counts, few))
            return np.array([self.loss((total + self.members[member]) / (counts.sum() + 1), without) for member in few])

        found = np.zeros(len(weights))
        found[few] = greedy(losses, len(few))
        return found


def pointwise(cost):
    """The mean of what each cell costs, which hangs on the lines."""
    return lambda values, lines: cost(values, lines).mean(axis=(1, 2))


def labelled(truth, goal):
    """How often the highest score is not that of the truth, and a little of how far the scores are from it."""

    def loss(values, lines):
        wrong = (values.argmax(axis=2) != truth[lines]).mean(axis=1)
        return wrong + SQUARES_OF_LABELS * ((values - goal[lines]) ** 2).sum(axis=2).mean(axis=1)

    return loss


def binned(truth, precise):
    """AUC, or average precision, of values from 0 to 1 by how many of either kind are in each bin; the mean over columns."""

    def loss(values, lines):
        members, offsets = len(values), np.arange(len(values))[:, None] * BINS
        scores = []
        for column in range(values.shape[2]):
            bins = np.minimum((values[:, :, column] * BINS).astype(np.int32), BINS - 1) + offsets
            hit = truth[lines, column] > 0.5
            count = lambda of: np.bincount(bins[:, of].ravel(), minlength=members * BINS).reshape(members, BINS)
            hits, misses = count(hit)[:, ::-1], count(~hit)[:, ::-1]
            if not 0 < hit.sum() < len(hit):
                continue
            if precise:
                seen = np.cumsum(hits, axis=1)
                scores.append((hits * seen / np.maximum(seen + np.cumsum(misses, axis=1), 1)).sum(axis=1) / hit.sum())
            else:
                below = misses.sum(axis=1, keepdims=True) - np.cumsum(misses, axis=1) + misses / 2
                scores.append((hits * below).sum(axis=1) / hit.sum() / (~hit).sum())
        return -np.mean(scores, axis=0) if scores else np.zeros(members)

    return loss


def greedy(losses, size):
    """How often each is taken: the one that helps most, again and again, as long as it was ever the best."""
    counts, best, found = np.zeros(size), np.inf, np.zeros(size)
    for _ in range(STEPS):
        now = losses(counts)
        pick = int(now.argmin())
        counts = counts + (np.arange(size) == pick)
        if now[pick] < best:
            best, found = now[pick], counts
        elif counts.sum() > found.sum() + PATIENCE:
            break
    return found / max(found.sum(), 1)


def weights_of(objective, groups, without):
    """Weights that leave a group of lines (-1: none) out of sight: the mean over bags that each leave out one more; small ones are dropped."""
    bags = []
    for other in range(groups.max() + 1):
        pair = (min(without, other), max(without, other))
        if other == without:
            continue
        if pair not in objective.known:
            objective.known[pair] = objective.choose(pair)
        bags.append(objective.known[pair])
    weights = sum(bags) / len(bags)
    weights = np.where(weights < LEAST_WEIGHT, 0, weights)
    return weights / weights.sum()
