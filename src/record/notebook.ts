import { gain } from "../core/candidate.ts";
import type { Member } from "../core/measurement.ts";
import type { Place } from "../core/place.ts";
import type { Notebook, NotebookEntry } from "../core/tried-plan.ts";
import type { Attempt } from "./attempt.ts";
import type { Ledger } from "./ledger.ts";
import { type KnownMember, membersOf, shortName } from "./members.ts";
import { underwayBeside } from "./underway.ts";

const MOST_WEIGHTS = 6;
const OUTPUT_CHARACTERS = 1500;

/** The run so far, for those who choose its next step at this place. */
export function notebookOf(ledger: Ledger, at: Place): Notebook {
  const members = membersOf(ledger);
  const blend = ledger.standing().find((one) => one.blend !== null) ?? null;
  const { bestScript } = ledger;
  return {
    entries: ledger.attempts
      .filter((one) => one.blend === null)
      .map((attempt) => entryOf(attempt, ledger)),
    studies: ledger.ablations.map(({ at, summary }) => ({ at, summary })),
    members: members.map((one) => ({
      number: one.number,
      at: one.attempt.place.text,
      name: shortName(one),
      score: one.score,
    })),
    blend: blend === null ? null : blendOf(blend, members),
    best: bestScript === null ? null : bestOf(bestScript),
    underway: underwayBeside(at, ledger),
    ...insightOf(ledger, members),
  };
}

/** What the latest blend showed of those that still count. */
function insightOf({ insight }: Ledger, members: readonly KnownMember[]) {
  const numbered = new Map(members.map((one) => [memberKey(one), one.number]));
  const alike = (insight?.alike ?? []).flatMap(({ members: both, correlation }) => {
    const numbers = both.flatMap((one) => numbered.get(memberKey(one)) ?? []);
    return numbers.length === both.length ? [{ numbers, correlation }] : [];
  });
  return { worst: insight?.worst ?? null, alike };
}

const memberKey = ({ runId, name }: Member) => `${runId} ${name}`;

function entryOf(attempt: Attempt, ledger: Ledger): NotebookEntry {
  const { place, plan, title, score, measurement, run, withdrawn, problem, blendGain } = attempt;
  return {
    at: place.text,
    idea: plan?.trim() || title,
    score,
    error: score === null ? null : (measurement?.error ?? null),
    gain: gainOf(attempt, ledger),
    blendGain: score === null ? null : blendGain,
    seconds: run?.seconds ?? null,
    problem: score === null ? (withdrawn ?? problem ?? "it has no score") : null,
  };
}

function gainOf({ score, gained, parent }: Attempt, ledger: Ledger): NotebookEntry["gain"] {
  if (score === null) return null;
  if (gained !== null) return gained;
  const before = ledger.find(parent ?? "")?.score ?? null;
  return before === null ? null : { gain: gain(before, score, ledger.direction), error: null };
}

function blendOf({ measurement, score, blend }: Attempt, members: readonly KnownMember[]) {
  const weights = (blend ?? []).flatMap(({ runId, name, weight }) => {
    const member = members.find((one) => one.runId === runId && one.name === name);
    return member === undefined ? [] : [{ name: shortName(member), weight }];
  });
  return {
    score: score ?? 0,
    error: measurement?.error ?? 0,
    weights: weights
      .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, MOST_WEIGHTS),
  };
}

const bestOf = ({ place, title, score, measurement, run }: Attempt): Notebook["best"] => ({
  ...{ at: place.text, title, score: score ?? 0 },
  error: measurement?.error ?? null,
  folds: measurement?.folds ?? [],
  output: run?.stdout.trimEnd().slice(-OUTPUT_CHARACTERS) ?? "",
});
