"""What a run may ask of its scorer."""
import json
import os
import shutil
from collections import OrderedDict

import numpy as np
import pandas as pd
from blend import Blender
from cells import Cells
from combine import combined, read_sample, written
from custom_metric import custom_metric, try_metric
from explain import explained
from flattery import flattery
from insight import alike_members, rows_of, worst_lines
from measure import Metric, Standing, by_fold
from members import Members
from problem import Problem
from ranking import Steps
from truth import Lines, read_truth

MOST_KNOWN = 4
MOST_LEFT = 50
# The folder that the answer's files are written to, in the process's own.
OUT = "out"
ALIKE = 0.5


def are_numbers(path, columns):
    return all(np.issubdtype(kind, np.number) for kind in pd.read_csv(path, usecols=columns).dtypes)


class Requests:
    def clear(self):
        shutil.rmtree(OUT, ignore_errors=True)
        os.makedirs(OUT)

    def __init__(self, setup):
        self.setup = setup
        self.table = {row["name"]: row for row in setup["metrics"]}
        self.known, self.scores = OrderedDict(), {}
        if setup["truth"] is not None:
            self.open(setup)

    def open(self, setup):
        with open(os.path.join(setup["truth"], "truth.json")) as file:
            task = json.load(file)
        self.metric = self.metric_of(task["metric"], setup["metric"], setup["custom"], task["direction"])
        predicts = self.metric.predicts(task["predicts"])
        self.cells = Cells({**task, "metric": self.metric.row["name"], "predicts": predicts})
        self.truth = self.truth_of("validation.csv", " (as in ./input/validation_sample.csv)")
        self.samples = {
            part: read_sample(setup[part]) if setup[part] is not None else None for part in ("sample", "finalSample")
        }
        self.test = self.lines_of("sample")
        self.members = Members(self.truth, self.test)

    def truth_of(self, name, like, total=None):
        return read_truth(os.path.join(self.setup["truth"], name), self.cells, like, total)

    def lines_of(self, part):
        sample = self.samples[part]
        return None if sample is None else Lines(self.cells, sample, " (as in the sample submission)", os.path.getsize(self.setup[part]))

    def metric_of(self, text, name, custom, direction):
        """By its name in the table; `text` is how the task names it."""
        if custom is not None:
            return Metric(text, {"name": text, "direction": direction, "scale": "other"}, custom_metric(custom))
        if name not in self.table:
            raise Problem(f"The metric {text} cannot be computed.")
        return Metric(text, self.table[name])

    def check(self):
        """Whether a person's own metric can be used."""
        if self.metric.custom is not None:
            try_metric(self.metric, self.truth)

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
        members, notes = self.left_in(final, own)
        return {"measurement": own.measurement(), "gain": gain, "members": members, "notes": notes}

    def left_in(self, final, own):
        """The members that can be blended, and why others cannot."""
        reason = self.members.blendable() or (None if self.test else "there is nothing to predict")
        if reason is not None:
            return [], [reason]
        members, notes = [], []
        for name in self.members.left_in(final)[:MOST_LEFT]:
            try:
                values = self.members.check(final, name)
                self.scores[final, name] = (own.score, own.folds) if name == "" else self.scores_of(values)
                members.append({"name": name, "score": self.scores[final, name][0]})
            except Problem as problem:
                notes.append(str(problem))
        return members, notes

    def scores_alone(self, member):
        """A member's own score, and its score by fold, known from when it was measured unless this process is a new one."""
        key = (member["final"], member["name"])
        if key not in self.scores:
            if member["name"] == "":
                own = self.standing(member["final"])
                self.scores[key] = (own.score, own.folds)
            else:
                self.scores[key] = self.scores_of(self.members.validation(*key))
        return self.scores[key]

    def scores_of(self, values):
        """What a member's matrix scores, on all lines and by fold; labels by the highest score."""
        predictions = values.argmax(axis=1)[:, None] if self.members.labels else np.asarray(values, dtype=float)
        on = self.metric.prepared(self.truth, predictions)
        score = on(np.ones(self.truth.count))
        if not np.isfinite(score):
            raise Problem("predicts the same for all lines")
        return score, by_fold(on, self.truth)

    def blend(self, members):
        """Settings, score and gain of the best blend, its files in the folder of answers; null when none is better than its best member, as if that had been chosen without the lines it is scored on."""
        if self.members.blendable() is not None or self.test is None or len(members) < 2:
            return None
        arrays = [self.members.validation(member["final"], member["name"]) for member in members]
        scores, folds = zip(*(self.scores_alone(member) for member in members))
        blender = Blender(self.metric, self.truth, arrays, scores)
        found = blender.best()
        if found is None:
            return None
        standing, predictions, values, settings = found
        single = members[int(np.argmax(self.metric.sign * np.array(scores)))]
        gain = standing.gain(self.alone(single))
        gain["gain"] += flattery(self.metric.sign, folds)
        if gain["gain"] <= 0:
            return None
        chosen = [members[blender.members[member["place"]]] for member in settings["members"]]
        blend = {
            **settings,
            "members": [
                {"id": member["id"], "name": member["name"], "weight": one["weight"]} for member, one in zip(chosen, settings["members"])
            ],
            "predicts": self.truth.predicts, "columns": self.truth.columns, "ids": self.truth.ids, "labels": self.names_of_labels(),
            "score": standing.score, "sample": self.setup["sampleName"],
        }
        tests = [self.members.test(member["final"], member["name"]) for member in chosen]
        self.write(blend, predictions, values, combined(tests, blend))
        return {"members": blend["members"], "kind": blend["kind"], "measurement": standing.measurement(), "gain": gain}

    def insight(self, final, members):
        """What the predictions of a folder get most wrong, and how alike these members predict."""
        there = self.members.blendable() is None and self.test is not None
        pairs = alike_members(members, lambda member: self.members.validation(member["final"], member["name"]), self.truth) if there else []
        values = self.truth.predictions(os.path.join(final, "validation.csv"), "final/validation.csv")
        scores = self.members.validation(final, "") if there and self.members.labels else None
        rows = rows_of(self.setup["view"], self.setup["train"], self.truth.columns)
        return {"worst": worst_lines(self.metric, self.truth, values, scores, rows), "alike": pairs}

    def explain(self, final):
        """What the predictions of a folder go by, where they are worst, and what guessing would score."""
        values = self.truth.predictions(os.path.join(final, "validation.csv"), "final/validation.csv")
        there = self.members.blendable() is None and self.test is not None and self.members.labels
        scores = self.members.validation(final, "") if there else None
        return explained(self.metric, self.truth, values, scores, self.setup, Standing)

    def alone(self, member):
        if member["name"] == "":
            return self.standing(member["final"])
        values = self.members.validation(member["final"], member["name"])
        predictions = values.argmax(axis=1)[:, None] if self.members.labels else np.asarray(values, dtype=float)
        return Standing(self.metric, self.truth, predictions)

    def names_of_labels(self):
        """As the task writes them."""
        return list(dict.fromkeys(self.cells.task["classes"]))[: self.cells.announced]

    def write(self, blend, predictions, values, test):
        """What an attempt would have left."""
        validation = self.truth.table[[column for column in self.truth.table.columns if not column.startswith("__")]].copy()
        for place, column in enumerate(self.truth.columns):
            cells = predictions[:, place]
            validation[column] = np.array(blend["labels"], dtype=object)[cells] if self.members.labels else cells
        validation.to_csv(os.path.join(OUT, "validation.csv"), index=False)
        written(self.samples["sample"], blend, test).to_csv(os.path.join(OUT, "submission.csv"), index=False)
        with open(os.path.join(OUT, "blend.json"), "w") as file:
            json.dump(blend, file, indent=1)
        for part, scores in (("validation", values), ("test", test)) if self.members.labels else ():
            np.save(os.path.join(OUT, f"{part}_scores.npy"), scores.astype(np.float32))

    def publish(self, members, final):
        """The arrays of members as later scripts of the search, or of the final run, find them; numbered as they were asked for."""
        there = self.members
        if final:
            there = Members(self.truth_of("final-validation.csv", " (as in ./input/validation_sample.csv)"), self.lines_of("finalSample"))
        for number, member in enumerate(members):
            for part, read in (("validation", there.validation), ("test", there.test)):
                array = np.asarray(read(member["final"], member["name"]), dtype=np.float32)
                np.save(os.path.join(OUT, f"{number}_{part}.npy"), array)
        return len(members)

    def holdout(self, submission):
        if not os.path.isfile(os.path.join(self.setup["truth"], "holdout.csv")):
            return {"first": None, "second": None}
        total = None if self.test is None else self.test.count
        held = self.truth_of("holdout.csv", " (as in the sample submission)", total)
        values = held.predictions(submission, "final/submission.csv")
        answer = {}
        for name, half in (("first", 1), ("second", 2)):
            rows = held.table["__half"].to_numpy(dtype=int) == half
            answer[name] = Standing(self.metric, held.part(rows), values[rows]).measurement() if rows.any() else None
        return answer

    def combine(self, blend, members):
        """A blend of the final runs of its members, in the lines of the original sample; a member that has none keeps its predictions of the search."""
        with open(os.path.join(blend, "blend.json")) as file:
            blend = json.load(file)
        lines, sample = self.lines_of("finalSample"), self.samples["finalSample"]
        finals = Members(self.truth, lines)
        folders = {member["id"]: member for member in members}
        arrays, replaced = [], []
        for member in blend["members"]:
            folder = folders[member["id"]]
            before = self.members.test(folder["search"], member["name"])[self.places_of_originals(lines.count)]
            array = self.replacing(before, finals, folder["final"], member["name"])
            arrays.append(before if array is None else array)
            replaced.append({"id": member["id"], "name": member["name"], "final": array is not None})
        values = combined(arrays, blend)
        written(sample, blend, values).to_csv(os.path.join(OUT, "submission.csv"), index=False)
        if self.members.labels:
            np.save(os.path.join(OUT, "test_scores.npy"), values.astype(np.float32))
        return replaced

    def places_of_originals(self, count):
        """For each line of the original sample its place in the view's."""
        path = os.path.join(self.setup["truth"], "lines.csv")
        originals = pd.read_csv(path)["original"].to_numpy()
        places = np.empty(count, dtype=int)
        places[originals[originals >= 0]] = np.flatnonzero(originals >= 0)
        return places

    def replacing(self, before, finals, folder, name):
        """The final run's predictions where they agree with those of the search; null where they do not."""
        if folder is None:
            return None
        try:
            after = finals.test(folder, name)
        except Problem:
            return None
        if self.members.labels:
            return after if np.mean(before.argmax(axis=1) == after.argmax(axis=1)) > ALIKE else None
        ones = np.ones(len(before))
        ranks = [np.corrcoef(Steps(a).ranks(ones), Steps(b).ranks(ones))[0, 1] for a, b in zip(before.T, after.T)]
        return after if not np.nanmean(ranks) < ALIKE else None

    def grade(self, truth, prediction, metric, name, ids, columns, custom, direction):
        """Any file of predictions against any file of the same columns."""
        metric = self.metric_of(metric, name, custom, direction)
        stated = "numbers" if custom is None or are_numbers(truth, columns) else "labels"
        task = {"metric": metric.row["name"], "idColumns": ids, "columns": columns, "classes": [], "predicts": metric.predicts(stated)}
        table = read_truth(truth, Cells(task), " (as in the answers)")
        values = table.predictions(prediction, os.path.basename(prediction))
        return Standing(metric, table, values).measurement()
