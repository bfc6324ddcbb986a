import { grouped } from "../../core/grouped.ts";
import { inShort, problemOf } from "../../core/outcome.ts";
import { type AttemptFact, type Script, stepOf } from "./attempts.ts";

/** The cause of a problem that is no exception of Python, by the first of these that it speaks of. */
const CAUSES: readonly [RegExp, string][] = [
  [/time limit/, "Time limit"],
  [/memory limit/, "Memory limit"],
  [/printed too much/, "Printed too much"],
  [/wrote too much/, "Wrote too much"],
  [/reach(es)? training|leak/i, "Leakage"],
  [/block/i, "Block not replaced"],
  [/performance:|score/i, "No score"],
  [/submission/i, "Submission refused"],
  [/script failed/, "Script failed"],
];

/** What went wrong in the run, grouped by cause, the most frequent first; an interruption is none. */
export function failureGroups(scripts: readonly Script[], attempts: readonly AttemptFact[]) {
  const scored = new Set(attempts.map(({ earned, place }) => earned !== null && place.text));
  const ofScripts = scripts.flatMap((script) => {
    const problem = problemOf(script.run, script.purpose, { metric: "", direction: "minimize" });
    if (problem === null || script.run.outcome === "aborted") return [];
    return [{ id: script.id, said: inShort(problem), mended: scored.has(stepOf(script)), script }];
  });
  const told = new Set(ofScripts.map(({ id }) => id));
  const ofAttempts = attempts.flatMap(({ id, problem, run, scored: script }) =>
    problem === null || told.has(run?.id ?? id)
      ? []
      : [{ id, said: problem, mended: false, script }],
  );
  return [...grouped([...ofScripts, ...ofAttempts], ({ said }) => causeOf(said))]
    .map(([cause, failures]) => ({ cause, failures }))
    .toSorted((a, b) => b.failures.length - a.failures.length);
}

const causeOf = (problem: string) =>
  /^([\w.]*(?:Error|Exception|Interrupt|Exit|Warning))\b/.exec(problem)?.[1] ??
  CAUSES.find(([spoken]) => spoken.test(problem))?.[1] ??
  "Other";
