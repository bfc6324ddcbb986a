"""What a run may ask of its scorer."""
import os
from collections import OrderedDict

from custom_metric import custom_metric
from measure import Metric, Standing
from problem import Problem
from truth import read_task, read_truth

MOST_KNOWN = 4


class Requests:
    def __init__(self, setup):
        self.table = {row["name"]: row for row in setup["metrics"]}
        self.known = OrderedDict()
        self.folder = setup["truth"]
        if self.folder is None:
            return
        task = read_task(self.folder)
        self.metric = self.metric_of(setup["metric"], setup["name"], setup["custom"], task["direction"])
        self.task = {**task, "metric": self.metric.row["name"], "predicts": self.metric.predicts(task["predicts"])}
        like = ": those of ./input/validation_sample.csv"
        self.truth = read_truth(os.path.join(self.folder, "validation.csv"), self.task, like)

    def metric_of(self, text, name, custom, direction):
        """By its name in the table; `text` is how the task names it."""
        if custom is not None:
            return Metric(text, {"name": text, "direction": direction, "scale": "other"}, custom_metric(custom))
        if name not in self.table:
            raise Problem(f"The metric {text} cannot be computed.")
        return Metric(text, self.table[name])

    def standing(self, final):
        """What the predictions of a folder come to; the latest are kept, since a script is compared with its parent."""
        path = os.path.join(final, "validation.csv")
        state = os.stat(path) if os.path.isfile(path) else None
        key = (path, state and (state.st_mtime_ns, state.st_size))
        if key not in self.known:
            values = self.truth.predictions(path, "final/validation.csv")
            self.known[key] = Standing(self.metric, self.truth, values)
        self.known.move_to_end(key)
        while len(self.known) > MOST_KNOWN:
            self.known.popitem(last=False)
        return self.known[key]

    def measure(self, final, parent):
        own = self.standing(final)
        gain = None
        if parent is not None:
            try:
                gain = own.gain(self.standing(parent))
            except Problem:
                pass  # what it was made from was not measured either
        return {"measurement": own.measurement(), "gain": gain, "members": [], "notes": []}
