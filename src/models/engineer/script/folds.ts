import type { Facts } from "../recipe/facts.ts";
import { pyList, pyString } from "../recipe/python.ts";

/** Columns that may hold a group (a patient, a customer) whose rows belong together. */
export const groupColumns = ({ task, categories }: Facts): string[] => {
  const rows = task.train?.rows ?? 0;
  const inTest = new Set(task.test?.columns.map(({ name }) => name));
  const named = (task.train?.columns ?? []).filter(
    ({ name, integer, kind }) =>
      /(^|_)(id|group|user|subject|patient|session|customer)$/i.test(name) &&
      (integer || kind === "category"),
  );
  const columns = [...named, ...categories]
    .filter(({ name, distinct }) => inTest.has(name) && distinct >= 10 && distinct <= rows / 2)
    .map(({ name }) => name);
  return [...new Set(columns)].slice(0, 3);
};

/** Python that splits by a group column, when the test rows belong to groups that training does not know. */
export const groupFolds = (columns: readonly string[]): string => `def group_folds():
    """Whole groups held out, where the test set holds none of the training groups; else None."""
    for column in ${pyList(columns)}:
        if set(train[column].dropna()).isdisjoint(test[column].dropna()):
            return list(GroupKFold(FOLDS).split(train, groups=train[column].astype(str)))
    return None`;

/** Python that splits by time, when the test rows lie in stretches of time of their own. */
export const blockFolds = ({ dates }: Facts): string => {
  const column = pyString(dates[0]?.name ?? "");
  return `def time_folds():
    """Stretches of time held out as the test set's are: between others, or after them; None where it is mixed in."""
    both = pd.concat([train[${column}], test[${column}]])
    times = pd.to_datetime(both, errors="coerce", utc=True).dt.tz_localize(None).to_numpy()
    order = np.argsort(times, kind="stable")
    is_test = order >= len(train)
    changes = np.diff(is_test.astype(int)) != 0
    by_chance = 2 * is_test.mean() * (1 - is_test.mean()) * len(order)
    shared = np.isin(times[len(train) :], times[: len(train)]).mean()
    if changes.sum() > 0.1 * by_chance or shared > 0.5:
        return None
    stretch = np.empty(len(order), dtype=int)
    stretch[order] = np.concatenate([[0], np.cumsum(changes)])
    stretch, train_order = stretch[: len(train)], order[~is_test]
    if len(np.unique(stretch)) < FOLDS:
        edges = np.linspace(0.4, 1, FOLDS + 1) * len(train)
        cuts = [(train_order[: int(a)], train_order[int(a) : int(b)]) for a, b in zip(edges, edges[1:])]
        return [(np.sort(fit), np.sort(held)) for fit, held in cuts]
    fold = pd.Series(stretch).rank(method="dense").astype(int).to_numpy() % FOLDS
    return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(FOLDS)]`;
};
