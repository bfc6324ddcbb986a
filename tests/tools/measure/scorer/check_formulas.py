"""Every formula beside scikit-learn's or a plain definition, on whole tables and on random halves of them; prints the largest differences."""
import json
import sys
import warnings

sys.path.insert(0, sys.argv[1])
import numpy as np
from formulas import FORMULAS
from scipy import stats
from sklearn import metrics as M
from texts import edits

warnings.simplefilter("ignore")
np.seterr(all="ignore")
random = np.random.default_rng(int(sys.argv[2]))
worst = {}


def by_column(score):
    return lambda t, p: np.mean([score(a, b) for a, b in zip(t.T, p.T)])


def root(score):
    return lambda a, b: np.sqrt(score(a, b))


def check(names, truth, prediction, context=None, kept=None):
    """Each name's formula against its plain form, all lines and a half."""
    half = random.random(len(truth)) < 0.5 if kept is None else kept
    for name, plain in names.items():
        on = FORMULAS[name](truth, prediction, {"k": None, "levels": {}, **(context or {})})
        for keep in (np.ones(len(truth), bool), half):
            ours, theirs = on(keep.astype(float)), plain(truth[keep], prediction[keep])
            difference = abs(ours - theirs) / max(1, abs(theirs))
            worst[name] = max(worst.get(name, 0), difference if np.isfinite(difference) else 9)


def pearson(a, b):
    return np.corrcoef(a, b)[0, 1]


def concordance(a, b):
    pairs = [(x, y) for x in range(len(a)) for y in range(x)]
    kinds = [np.sign(a[x] - a[y]) * np.sign(b[x] - b[y]) for x, y in pairs if a[x] != a[y]]
    return np.mean([(1 + kind) / 2 for kind in kinds])


def gini_of(a, b):
    return 2 * M.roc_auc_score(a, b) - 1


lines = 240
amounts = random.gamma(2, 2, (lines, 3)).round(1) + 0.1
guesses = np.abs(amounts + random.normal(0, 1, amounts.shape).round(1))
check(
    {
        "rmse": by_column(root(M.mean_squared_error)), "mse": M.mean_squared_error, "mae": M.mean_absolute_error,
        "rmsle": by_column(root(M.mean_squared_log_error)), "msle": M.mean_squared_log_error, "medae": M.median_absolute_error,
        "mape": M.mean_absolute_percentage_error, "r2": M.r2_score, "explained_variance": M.explained_variance_score,
        "smape": lambda a, b: np.mean(200 * abs(a - b) / (abs(a) + abs(b))),
        "wape": by_column(lambda a, b: abs(a - b).sum() / abs(a).sum()), "pearson": by_column(pearson),
        "spearman": by_column(lambda a, b: stats.spearmanr(a, b).statistic),
        "kendall_tau": by_column(lambda a, b: stats.kendalltau(a, b).statistic), "concordance_index": by_column(concordance),
    },
    amounts, guesses,
)
check({"pinball": lambda a, b: M.mean_pinball_loss(a[:, 0], b[:, 0], alpha=0.9)}, amounts[:, :1], guesses[:, :1], {"levels": {0: 0.9}})

chances = random.random((lines, 3)).round(2) / 2 + 0.2
flags = (random.random((lines, 3)) < chances).astype(float)
check(
    {
        "roc_auc": M.roc_auc_score, "roc_auc_weighted": lambda a, b: M.roc_auc_score(a, b, average="weighted"),
        "average_precision": M.average_precision_score, "gini": by_column(gini_of), "log_loss": by_column(M.log_loss),
        "brier": by_column(M.brier_score_loss), "lrap": M.label_ranking_average_precision_score,
        "lwlrap": lambda a, b: M.label_ranking_average_precision_score(a, b, sample_weight=a.sum(axis=1)),
    },
    flags, chances,
)
codes = random.choice(4, lines, p=[0.5, 0.3, 0.15, 0.05])
shares = random.dirichlet([1, 1, 1, 1], lines) * 0.7 + 0.3 * np.eye(4)[codes]
names = lambda a: a.argmax(axis=1)
check(
    {
        "log_loss": lambda a, b: M.log_loss(names(a), b, labels=range(4)), "brier": lambda a, b: ((a - b) ** 2).sum(axis=1).mean(),
        "roc_auc": lambda a, b: M.roc_auc_score(names(a), b, multi_class="ovr"),
        "roc_auc_weighted": lambda a, b: M.roc_auc_score(names(a), b, multi_class="ovr", average="weighted"),
    },
    np.eye(4)[codes], shares, kept=np.arange(lines) >= 3,
)
soft = random.dirichlet([1, 1, 1], lines)
check({"kl_divergence": lambda a, b: np.mean([stats.entropy(x, y) for x, y in zip(a, b)])}, soft, shares[:, :3])

guessed = np.where(random.random(lines) < 0.6, codes, random.integers(0, 4, lines))
label = {
    "accuracy": M.accuracy_score, "error_rate": M.zero_one_loss, "hamming_loss": M.hamming_loss,
    "balanced_accuracy": M.balanced_accuracy_score, "cohen_kappa": M.cohen_kappa_score, "mcc": M.matthews_corrcoef,
    "quadratic_kappa": lambda a, b: M.cohen_kappa_score(a, b, weights="quadratic"),
    **{f"f1_{kind}": (lambda kind: lambda a, b: M.f1_score(a, b, average=kind, zero_division=0))(kind) for kind in ("macro", "micro", "weighted")},
}
context = {"size": 4, "positive": None, "places": np.arange(4.0)}
check({name: by_column(plain) for name, plain in label.items()}, codes[:, None], guessed[:, None], context)
two = {"f1": M.f1_score, "precision": M.precision_score, "recall": M.recall_score}
check({name: by_column(plain) for name, plain in two.items()}, codes[:, None] // 2, guessed[:, None] // 2, {**context, "size": 2, "positive": 1})

words = lambda most: " ".join(random.choice(list("abcdef"), random.integers(1, most), replace=False))


def distance(a, b):
    row = list(range(len(b) + 1))
    for x, one in enumerate(a, 1):
        last, row = row, [x]
        for y, other in enumerate(b, 1):
            row.append(min(last[y] + 1, row[-1] + 1, last[y - 1] + (one != other)))
    return row[-1]


texts = np.array([[words(6)] for _ in range(60)], dtype=object)
found = np.array([[words(6)] for _ in range(60)], dtype=object)


def by_line(score):
    return lambda t, p: np.mean([score(a, b) for a, b in zip(t[:, 0], p[:, 0])])


def f1(a, b):
    a, b = set(a.split()), set(b.split())
    return 2 * len(a & b) / (len(a) + len(b))


def precision_at(a, b):
    wanted, seen = set(a.split()), b.split()[:3]
    return sum((seen[place] in wanted) * len(wanted & set(seen[: place + 1])) / (place + 1) for place in range(len(seen))) / min(len(wanted), 3)


def masks(score):
    cells = lambda text: {at for start, length in zip(*[iter(map(int, text.split()))] * 2) for at in range(start, start + length)}
    return lambda t, p: np.mean([score(cells(a), cells(b)) for a, b in zip(t[:, 0], p[:, 0])])


check(
    {
        "levenshtein": by_line(distance), "f1_samples": by_line(f1), "map_at_k": by_line(precision_at),
        "jaccard": by_line(lambda a, b: len(set(a.split()) & set(b.split())) / len(set(a.split()) | set(b.split()))),
        "mrr": by_line(lambda a, b: max([1 / (b.split().index(x) + 1) for x in a.split() if x in b.split()], default=0)),
        "cer": lambda t, p: sum(distance(a, b) for a, b in zip(t[:, 0], p[:, 0])) / sum(len(a) for a in t[:, 0]),
        "wer": lambda t, p: sum(distance(a.split(), b.split()) for a, b in zip(t[:, 0], p[:, 0])) / sum(len(a.split()) for a in t[:, 0]),
    },
    texts, found, {"k": 3},
)
run = lambda: " ".join(f"{start} {random.integers(1, 9)}" for start in np.cumsum(random.integers(9, 14, 5)))
runs = [np.array([[run()] for _ in range(40)], dtype=object) for _ in range(2)]
check({"dice": masks(lambda a, b: 2 * len(a & b) / (len(a) + len(b))), "jaccard": masks(lambda a, b: len(a & b) / len(a | b))}, *runs)
long = ["".join(random.choice(list("ab"), 150)) for _ in range(2)]
worst["long texts"] = abs(edits(*long) - distance(*long))

# The influence that errors of AUC rest on is what leaving out a line changes.
on = FORMULAS["roc_auc"](flags, chances, {})
without = np.array([on((np.arange(lines) != line).astype(float)) for line in range(lines)])
change = (lines - 1) * (on(np.ones(lines)) - without)
worst["influence"] = float(np.abs(change - lines * on.influence).max() > 0.05 * np.std(change))
missing = sorted(set(FORMULAS) - set(worst))
print(json.dumps({"worst": worst, "missing": missing, "formulas": sorted(FORMULAS)}))
