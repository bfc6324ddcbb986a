"""A blend, from the raw task: runs the scripts of its members, each in a folder of its own, and joins what they predict by fixed weights.

Beside it: blend.json, scripts.json, the scripts, folds.csv, validation_sample.csv, classes.csv (where there are classes); test.csv and
sample_submission.csv where the task brings none.
"""
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from combine import combined, normalised, read_sample, written

import numpy as np
import pandas as pd

HERE = os.path.dirname(os.path.abspath(__file__))
GIVEN = ("folds.csv", "validation_sample.csv", "classes.csv")
# Made where the task brings none.
MADE = ("test.csv", "sample_submission.csv")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT", "MLE_STAR_CPUS")
LEAST_WEIGHT = 0.5


def beside(name):
    """A file that came with the blend, else the task's own of this name."""
    path = os.path.join(HERE, name)
    return path if os.path.exists(path) else os.path.join("input", name)


def sample_of(blend):
    """The sample submission: the task's own, else the one that came with the blend."""
    wanted = sorted([*blend["ids"], *blend["columns"]])
    for folder in ("input", HERE):
        for name in [blend["sample"]] if "sample" in blend else sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and ("sample" in blend or name.endswith(".csv") and sorted(read_header(path)) == wanted):
                return path
    sys.exit("there is no sample submission in ./input")


def read_header(path):
    return pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns


def load(name):
    with open(os.path.join(HERE, name)) as file:
        return json.load(file)


def fitted_below(number):
    """Where a script keeps what it fits, below the folder that was named for all."""
    named = os.environ.get("MLE_STAR_FITTED")
    if not named:
        return {}
    folder = os.path.join(named, str(number))
    os.makedirs(folder, exist_ok=True)
    return {"MLE_STAR_FITTED": folder}


class Scripts:
    """Each script once, as many at a time as there are cores; one that stands on others waits for them."""

    def __init__(self, scripts, blend):
        self.blend, self.sample = blend, sample_of(blend)
        cpus = int(os.environ.get("MLE_STAR_CPUS") or os.cpu_count() or 1)
        at_once = max(1, min(cpus, len(scripts)))
        self.environment = {**os.environ, **dict.fromkeys(THREADS, str(max(1, cpus // at_once)))}
        with ThreadPoolExecutor(at_once) as pool:
            self.ended = {}
            # In their order: what a script waits for has been started before it.
            for number, script in enumerate(scripts):
                self.ended[script["id"]] = pool.submit(self.run, number, script, dict(self.ended))

    def run(self, number, script, earlier):
        """The folder of what it left; null when it failed."""
        folder = os.path.abspath(os.path.join("work", str(number)))
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "final"))
        self.give(os.path.join(folder, "input"), script, earlier)
        shutil.copy(os.path.join(HERE, script["file"]), os.path.join(folder, "solution.py"))
        environment = {**self.environment, **fitted_below(number)}
        with open(os.path.join(folder, "output.txt"), "w") as output:
            done = subprocess.run([sys.executable, "solution.py"], cwd=folder, env=environment, stdout=output, stderr=output)
        if done.returncode == 0:
            return os.path.join(folder, "final")
        print(f"{script['file']} failed: see {folder}/output.txt", file=sys.stderr)
        return None

    def give(self, folder, script, earlier):
        """The task's data with the folds, and the predictions of the members that the script stands on."""
        os.makedirs(os.path.join(folder, "members"))
        for name in MADE:
            if os.path.exists(os.path.join(HERE, name)) and not os.path.exists(os.path.join("input", name)):
                os.symlink(os.path.join(HERE, name), os.path.join(folder, name))
        for name in os.listdir("input"):
            if name != "members" and name not in GIVEN:
                os.symlink(os.path.realpath(os.path.join("input", name)), os.path.join(folder, name))
        for name in GIVEN:
            if os.path.exists(beside(name)):
                os.symlink(os.path.realpath(beside(name)), os.path.join(folder, name))
        for member in script["sees"]:
            final = earlier[member["id"]].result()
            if final is None:
                continue
            target = os.path.join(folder, "members", str(member["number"]))
            os.makedirs(target)
            for part in ("validation", "test"):
                np.save(os.path.join(target, f"{part}.npy"), self.prediction(final, member["name"], part).astype(np.float32))
            with open(os.path.join(target, "member.json"), "w") as file:
                json.dump({"title": member["title"], "score": member["score"], "from": member["id"]}, file)

    def form_of(self, part):
        return beside("validation_sample.csv") if part == "validation" else self.sample

    def prediction(self, final, name, part):
        """What a member predicts, as a matrix in the order of the sample."""
        labels = self.blend["predicts"] == "labels"
        if name == "" and not labels:
            file = "validation.csv" if part == "validation" else "submission.csv"
            return numbers_in(os.path.join(final, file), self.blend, read_sample(self.form_of(part)))
        file = f"{part}_scores.npy" if name == "" else os.path.join("members", f"{name}_{part}.npy")
        array = np.load(os.path.join(final, file), allow_pickle=False).astype(np.float32)
        array = array[:, None] if array.ndim == 1 else array
        return normalised(array).astype(np.float32) if labels else array.astype(float)


def numbers_in(path, blend, sample):
    table = pd.read_csv(path, na_filter=False, low_memory=False, dtype=dict.fromkeys(blend["ids"], object))
    if blend["ids"]:
        table = sample[blend["ids"]].merge(table, on=blend["ids"], how="left", validate="one_to_one")
    return table[blend["columns"]].to_numpy(dtype=float)


def joined(blend, scripts, part, sample):
    """The blend's lines; without members that failed, as long as most of the weight is there."""
    finals = {id: ended.result() for id, ended in scripts.ended.items()}
    there = [member for member in blend["members"] if finals[member["id"]] is not None]
    weight = sum(member["weight"] for member in there)
    if len(there) < len(blend["members"]) and (blend["kind"] == "stack" or weight < LEAST_WEIGHT):
        sys.exit("too few members ran to their end")
    left = blend
    if len(there) < len(blend["members"]):
        left = {**blend, "members": [{**member, "weight": member["weight"] / weight} for member in there]}
    arrays = [scripts.prediction(finals[member["id"]], member["name"], part) for member in there]
    return written(sample, left, combined(arrays, left))


def main():
    blend = load("blend.json")
    scripts = Scripts(load("scripts.json"), blend)
    os.makedirs("final", exist_ok=True)
    if blend["kind"] == "script":
        *_, last = scripts.ended.values()
        for name in os.listdir(last.result() or sys.exit("the last script failed")):
            if name.endswith(".csv"):
                shutil.copy(os.path.join(last.result(), name), "final")
    else:
        for part, file in (("validation", "validation.csv"), ("test", "submission.csv")):
            table = joined(blend, scripts, part, read_sample(scripts.form_of(part)))
            table.to_csv(os.path.join("final", file), index=False)
    # Of weights that never saw the lines they were scored on; those above were fitted on all of them.
    print(f"Final Validation Performance: {blend['score']}")


if __name__ == "__main__":
    main()
