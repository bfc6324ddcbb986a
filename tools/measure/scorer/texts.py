"""Metrics of texts and lists: what each line costs, once."""
import numpy as np


def by_line(line):
    """A line's parts, and the score as the sum of the first over the sum of the second."""

    def prepare(truth, prediction, context):
        rows = np.array(
            [line(t, p, context) for truths, found in zip(truth, prediction) for t, p in zip(truths, found)], dtype=float
        ).reshape(len(truth), -1, 2).sum(axis=1)

        def on(weights):
            above, below = weights @ rows
            return float(above / below) if below > 0 else np.nan

        return on

    return prepare


def edits(first, second):
    """Levenshtein's distance, by Myers' bit vectors: a row of the table is one long number."""
    if len(first) < len(second):
        first, second = second, first
    if not second:
        return len(first)
    places = {}
    for place, item in enumerate(first):
        places[item] = places.get(item, 0) | (1 << place)
    full, last = (1 << len(first)) - 1, 1 << (len(first) - 1)
    up, down, distance = full, 0, len(first)
    for item in second:
        equal = places.get(item, 0)
        cross = (((equal & up) + up) ^ up) | equal | down
        more, less = (down | ~(cross | up)) & full, up & cross
        distance += 1 if more & last else -1 if less & last else 0
        more, less = ((more << 1) | 1) & full, (less << 1) & full
        up, down = (less | ~(cross | more) & full) & full, more & cross
    return distance


def levenshtein(truth, found, context):
    return edits(truth, found), 1


def wer(truth, found, context):
    words = truth.split()
    return edits(words, found.split()), len(words)


def cer(truth, found, context):
    return edits(truth, found), len(truth)


def f1_samples(truth, found, context):
    truth, found = set(truth.split()), set(found.split())
    return (2 * len(truth & found) / (len(truth) + len(found)) if truth or found else 1), 1


def map_at_k(truth, found, context):
    wanted, found = set(truth.split()), found.split()
    found = found[: context["k"] or len(found)]
    hits, total, seen = 0, 0.0, set()
    for place, item in enumerate(found, 1):
        if item in wanted and item not in seen:
            hits += 1
            total += hits / place
        seen.add(item)
    return (total / min(len(wanted), context["k"] or len(wanted)) if wanted else 0), 1


def mrr(truth, found, context):
    wanted = set(truth.split())
    return next((1 / place for place, item in enumerate(found.split(), 1) if item in wanted), 0), 1


def runs_of(text):
    """A run-length mask (start length start length ...) as sorted runs; None for a text that is none."""
    cells = text.split()
    if len(cells) % 2 or not all(cell.isdigit() and len(cell) < 16 for cell in cells):
        return None
    runs = [(int(start), int(start) + int(length)) for start, length in zip(cells[::2], cells[1::2])]
    return runs if all(end <= start for (_, end), (start, _) in zip(runs, runs[1:])) else None


def overlap(truth, found):
    """The sizes of both and of what they share: of masks where both are, else of sets of words."""
    masks = runs_of(truth), runs_of(found)
    if None in masks:
        words = set(truth.lower().split()), set(found.lower().split())
        return len(words[0]), len(words[1]), len(words[0] & words[1])
    shared, rest = 0, list(masks[1])
    place = 0
    for start, end in masks[0]:
        while place < len(rest) and rest[place][1] <= start:
            place += 1
        at = place
        while at < len(rest) and rest[at][0] < end:
            shared += min(end, rest[at][1]) - max(start, rest[at][0])
            at += 1
    return *(sum(end - start for start, end in runs) for runs in masks), shared


def dice(truth, found, context):
    first, second, shared = overlap(truth, found)
    return (2 * shared / (first + second) if first + second else 1), 1


def jaccard(truth, found, context):
    first, second, shared = overlap(truth, found)
    return (shared / (first + second - shared) if first + second else 1), 1


TEXT_FORMULAS = {
    name: by_line(line)
    for name, line in {
        "levenshtein": levenshtein, "wer": wer, "cer": cer, "f1_samples": f1_samples, "map_at_k": map_at_k,
        "mrr": mrr, "dice": dice, "jaccard": jaccard,
    }.items()
}
