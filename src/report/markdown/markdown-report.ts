import {
  comparedWithFirst,
  formatChange,
  formatCount,
  formatDuration,
  formatScore,
  formatSpan,
  formatUsd,
} from "../../terminal/format.ts";
import { leakageInWords, validationInWords } from "../../terminal/validation-in-words.ts";
import { placeName } from "../facts/place.ts";
import { type RunFacts, refusals } from "../facts/run-facts.ts";
import { fileAddress } from "../html/links.ts";
import { costs, failures, reviews, solution } from "./closing-sections.ts";
import { fileLink, type Markdown, markdown, markdownTable } from "./markdown.ts";

/** The report's facts as plain Markdown, for a pull request or a wiki. */
export function markdownReport(facts: RunFacts): string {
  return [
    head(facts),
    attempts(facts),
    ablations(facts),
    ensembles(facts),
    models(facts),
    reviews(facts),
    checks(facts),
    failures(facts),
    costs(facts),
    solution(facts),
  ]
    .flatMap((part) => (part === null ? [] : [part.text]))
    .join("\n\n")
    .concat("\n");
}

function head(facts: RunFacts): Markdown {
  const { record, state, metric, direction, best, bestRun, bestAttempt, firstScore } = facts;
  const { seconds, scripts, calls, leftOut } = facts;
  const toward = direction === "minimize" ? "lower" : "higher";
  const score = best?.score ?? null;
  const from =
    score === null || firstScore === null
      ? ""
      : ` (${comparedWithFirst(firstScore, score, direction)} score)`;
  const checked =
    bestRun?.submission?.valid === true ? "valid" : (bestRun?.submission?.problem ?? "none");
  return markdown`# ${record.task.name}: ${metric} ${formatScore(score)}

Run ${record.runId} of ${record.createdAt.slice(0, 16).replace("T", " ")} UTC, ${state}. ${metric}: ${toward} is better${from}.

${markdownTable(
  ["", ""],
  [
    [
      "Solution",
      best === null
        ? "none"
        : markdown`${best.title}; [script](best/solution.py), from ${placeName(bestAttempt?.id ?? best.id)}`,
    ],
    ...(best === null
      ? []
      : [["Validation", `${validationInWords(facts)}; ${leakageInWords(facts)}`]]),
    [
      "Submission",
      best === null
        ? "none"
        : markdown`[submission.csv](best/submission.csv): ${[checked, ...refusals(facts).map((reason) => `refused before: ${reason}`)].join("; ")}`,
    ],
    ["Work", `${formatSpan(seconds)}, ${scripts.length} scripts, ${calls.calls} calls`],
    ...(leftOut.steps.length === 0
      ? []
      : [["Left out", `${leftOut.steps.map(placeName).join("; ")}. ${leftOut.reason}`]]),
    ...(record.fork === null
      ? []
      : [
          [
            "Fork",
            `of run ${record.fork.runId}, from ${placeName(record.fork.from)} on: ${record.fork.change}`,
          ],
        ]),
    ["Model", record.model === "offline" ? "built-in engineer" : record.model],
    [
      "Tokens, cost",
      `${formatCount(calls.inputTokens)} in, ${formatCount(calls.outputTokens)} out, ${formatUsd(calls.costUsd)}`,
    ],
  ],
)}

The same with charts and diffs: [report.html](report.html).`;
}

const link = (id: string | null, name: string, text: string) =>
  id === null ? text : fileLink(text, fileAddress(id, name));

function attempts({ attempts: all, direction, metric }: RunFacts): Markdown {
  const scores = new Map(all.map(({ id, score }) => [id, score]));
  const rows = all.map(
    ({ id, title, score, scoredRun, seconds, parent, problem, promotion, decision }) => {
      const base = parent === null ? null : (scores.get(parent) ?? null);
      const change = base === null || score === null ? "" : formatChange(base, score, direction);
      const outcome =
        promotion !== null
          ? "new best"
          : score === null
            ? (problem ?? "failed")
            : decision?.kept === true
              ? "kept"
              : "";
      return [
        placeName(id),
        title,
        link(scoredRun, "stdout.txt", formatScore(score)),
        change,
        seconds === null ? "" : formatDuration(seconds),
        outcome,
        link(scoredRun, "solution.py", "script"),
      ];
    },
  );
  return markdown`## Attempts

${markdownTable(
  ["Place", "Title", metric, "Against its parent", "Time", "Outcome", "Script"],
  rows,
)}`;
}

function ablations({ ablations: all, metric }: RunFacts): Markdown | null {
  if (all.length === 0) return null;
  const rows = all.flatMap(({ id, baseline, effects }) =>
    effects.map(({ part, score }) => [
      placeName(id),
      part,
      formatScore(baseline),
      link(`${id}/ablation`, "stdout.txt", formatScore(score)),
    ]),
  );
  return markdown`## Ablations

${markdownTable(["Step", "Disabled part", `${metric} as it is`, "without the part"], rows)}`;
}

function ensembles({ attempts: all, metric }: RunFacts): Markdown | null {
  const rounds = all.filter(({ stage }) => stage === "ensemble");
  if (rounds.length === 0) return null;
  const rows = rounds.map(({ id, plan, title, score, scoredRun, weights, problem }) => [
    placeName(id),
    plan ?? title,
    weights.join("; "),
    score === null ? problem : link(scoredRun, "stdout.txt", formatScore(score)),
  ]);
  return markdown`## Ensembles

${markdownTable(["Round", "Plan", "Weights it printed", metric], rows)}`;
}

function models({ models: found }: RunFacts): Markdown | null {
  if (found.length === 0) return null;
  return markdown`## Models found

${found.map(({ at, models: list }) =>
  list.map(
    ({
      name,
      description,
      sources,
    }) => markdown`- **${name}** (${placeName(at)}): ${description} ${sources.length > 0 && `Sources: ${sources.join(", ")}`}
`,
  ),
)}`;
}

function checks({ leakageChecks, attempts: all, dataUsage }: RunFacts): Markdown {
  const leaks = all.filter(({ leakage }) => leakage !== null);
  return markdown`## Leakage and data usage

- ${leakageChecks} scripts checked for leakage; ${leaks.length} leaked.
${leaks.map(
  ({
    id,
    leakage,
  }) => markdown`- ${placeName(id)}: ${leakage?.explanation} ${leakage?.fixed ? "Corrected." : "Not corrected in place."}
`,
)}${dataUsage.map(
  ({ at, explanation }) => markdown`- ${placeName(at)}: ${explanation}
`,
)}`;
}
