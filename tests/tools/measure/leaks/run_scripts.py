"""Runs scripts in folders of their own, and scores what they leave. Reads {script, folder, truth} by the line, prints as many."""
import io
import json
import multiprocessing
import os
import re
import runpy
import sys
from contextlib import redirect_stdout

# Threads that wait for each other are slow where cores are shared. Packages are loaded once: each script is a fork.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import lightgbm, numpy as np, pandas as pd, sklearn.ensemble, sklearn.feature_selection  # noqa: E401, F401
import sklearn.naive_bayes, sklearn.neighbors, sklearn.pipeline, sklearn.preprocessing  # noqa: E401, F401
from sklearn.metrics import accuracy_score, roc_auc_score


def rmse(truth, guess):
    return np.sqrt(np.mean((truth - guess) ** 2))


METRICS = {"auc": roc_auc_score, "accuracy": accuracy_score, "rmse": rmse}


def measured(metric, truth, guess):
    """The score and its standard error."""
    truth, guess = truth.to_numpy(), guess.to_numpy()
    rng = np.random.default_rng(0)
    rows = [rng.integers(0, len(truth), len(truth)) for _ in range(60)]
    tries = [metric(truth[drawn], guess[drawn]) for drawn in rows]
    return {"score": float(metric(truth, guess)), "error": float(np.std(tries))}


def run(job):
    os.chdir(job["folder"])
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            runpy.run_path(job["script"], run_name="__main__")
        metric = METRICS[json.load(open(f"{job['truth']}/truth.json"))["metric"]]
        truth, held = (pd.read_csv(f"{job['truth']}/{name}.csv") for name in ("validation", "holdout"))
        held = held[held["__half"] == 1]
        valid, answers = (pd.read_csv(f"./final/{name}.csv") for name in ("validation", "submission"))
        claim = re.findall(r"Performance: (\S+)", printed.getvalue())[-1]
        return {
            "problem": None,
            "claim": float(claim),
            "validation": measured(metric, truth["y"], valid["y"]),
            "holdout": measured(metric, held["y"], answers["y"].iloc[held["__line"]]),
        }
    except Exception as error:
        return {"problem": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    jobs = [json.loads(line) for line in sys.stdin]
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        for result in pool.imap(run, jobs, chunksize=1):
            print(json.dumps(result), flush=True)
