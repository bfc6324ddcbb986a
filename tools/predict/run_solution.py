"""Runs the solution of this folder, with what it fitted before where that is kept."""
import hashlib
import os
import shutil
import subprocess
import sys
from importlib import metadata

import pandas as pd

HERE = os.path.dirname(os.path.abspath(__file__))
INPUT = os.path.join(HERE, "input")
# Scripts keep what they fit in the folder of this name.
KEEPS = "MLE_STAR_FITTED"


class Failed(Exception):
    """What became of the solution, in a sentence."""


def say(line):
    print(line, file=sys.stderr, flush=True)


def scripts():
    """The texts of the solution, by name."""
    names = sorted(name for name in os.listdir(HERE) if name.endswith(".py") and name != "predict.py")
    texts = {}
    for name in names:
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            texts[name] = file.read()
    return texts


def digest(new):
    """Names all that what is fitted depends on: scripts, data to learn from (not the new ones), packages, and what the environment asks for."""
    name = hashlib.sha256(sys.version.encode())
    told = sorted(f"{one.metadata['Name']}=={one.version}" for one in metadata.distributions())
    asked = sorted(f"{key}={value}" for key, value in os.environ.items() if key.startswith("MLE_STAR_"))
    name.update("\n".join([*told, *asked, *scripts().values()]).encode())
    for folder, folders, files in os.walk(INPUT, followlinks=True):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(folder, file)
            below = os.path.relpath(path, INPUT)
            if below not in new:
                name.update(below.encode())
                with open(path, "rb") as content:
                    name.update(hashlib.file_digest(content, "sha256").digest())
    return name.hexdigest()[:16]


def run_fitted(work, keep, new):
    """Runs the solution, with what it fitted before where that is there, and keeps what it fits; returns its submission."""
    is_blend = os.path.exists(os.path.join(HERE, "scripts.json"))
    own = {name: KEEPS in text for name, text in scripts().items() if name != "solution.py" or not is_blend}
    if not any(own.values()):
        say("The solution is trained anew: its scripts keep nothing of what they fit.")
        return run(work, None)
    name, fitted = digest(new), os.path.join(work, "fitted")
    known = [folder for folder in (os.path.join(HERE, "fitted", name), os.path.join(keep, name)) if os.path.isdir(folder)]
    if known:
        link_files(known[0], fitted)
        anew = ", ".join(name for name, keeps in own.items() if not keeps)
        say("What was fitted before is read again" + (f"; {anew} keeps nothing and is trained anew." if anew else "."))
        return run(work, fitted)
    os.makedirs(fitted)
    say("The solution is trained first, which takes as long as it did; what it fits is kept for the next time.")
    made = run(work, fitted)
    try:
        shutil.rmtree(keep, ignore_errors=True)
        os.makedirs(keep)
        shutil.move(fitted, os.path.join(keep, name))
    except OSError as problem:
        say(f"What was fitted cannot be kept: {problem}")
    return made


def run(work, fitted):
    environment = {**os.environ, **({KEEPS: fitted} if fitted else {})}
    log = os.path.join(work, "output.txt")
    with open(log, "w") as output:
        done = subprocess.run([sys.executable, os.path.join(HERE, "solution.py")], cwd=work, env=environment, stdout=output, stderr=output)
    path = os.path.join(work, "final", "submission.csv")
    if done.returncode == 0 and os.path.exists(path):
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    for folder, _, files in os.walk(work):
        if "output.txt" in files:
            with open(os.path.join(folder, "output.txt"), errors="replace") as output:
                say("\n".join(output.read().strip().splitlines()[-15:]))
    raise Failed(f"the solution ended with code {done.returncode} and predicted nothing; above are the last lines that it wrote")


def link_files(source, target):
    """The folders of another, with links to its files."""
    for folder, _, files in os.walk(source):
        into = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(into, exist_ok=True)
        for file in files:
            os.symlink(os.path.realpath(os.path.join(folder, file)), os.path.join(into, file))
