"""The scorer: one process for a run. The first line says what it measures with; each further line is a request, answered in order."""
import json
import os
import sys
import traceback
import warnings

from problem import Problem


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what metrics print is not an answer
    sys.stdout = open(os.devnull, "w")
    warnings.simplefilter("ignore")
    import numpy

    from requests_of_a_run import Requests

    numpy.seterr(all="ignore")
    setup, requests = json.loads(sys.stdin.readline()), None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            requests = requests or Requests(setup)
            requests.clear()
            answer = {"answer": getattr(requests, request.pop("do"))(**request)}
        except Problem as problem:
            answer = {"problem": str(problem)}
        except Exception as error:
            traceback.print_exc()
            answer = {"problem": f"The scorer could not go on: {type(error).__name__}: {str(error)[:300]}"}
        answers.write(json.dumps(answer, allow_nan=False) + "\n")
        answers.flush()
