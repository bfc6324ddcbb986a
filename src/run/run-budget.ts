import { setImmediate } from "node:timers/promises";
import type { Ports } from "../../graphs/ports.ts";
import type { RunPurpose } from "../core/candidate.ts";
import type { Caps } from "../core/caps.ts";
import { Place } from "../core/place.ts";
import type { Settings } from "../core/settings.ts";
import type { Step } from "../core/step.ts";
import { remainingInWords } from "../core/words/remaining.ts";
import type { Attempt } from "../record/attempt.ts";
import { capInTheWay, capSpent, capsReached } from "../record/budget.ts";
import { expectedCost, largestCall, usualCall } from "../record/expected-cost.ts";
import type { Ledger } from "../record/ledger.ts";
import { membersOf, partsOf } from "../record/members.ts";
import { NOTHING, type Spent, sumOf } from "../record/spent.ts";

/** How much longer the submission may take than the run it repeats, when both see the same rows. */
const MARGIN = 1.25;
/** The part of a cap that is kept for running a blend's members anew. */
const MEMBERS_PART = 0.2;

/** What is about to happen in the world: its expected cost counts as spent until it has ended. */
type Act = { type: "call"; agent: string } | { type: "script"; purpose: RunPurpose };

export interface RunBudget {
  allows: Ports["budget"];
  /** Does the act within the caps; refused with the reached cap in a sentence when there is no room for it. */
  within<T>(act: Act, todo: () => Promise<T>, refuse: (reason: string) => never): Promise<T>;
  /** The time limit of a script that starts now: never beyond what is left of the run's time. */
  scriptSeconds(): number;
  /** What is left of the caps, for a model's question; null without caps. */
  remaining(): string | null;
}

/** Holds a run to its caps, and keeps room for the submission once there is something to submit. */
export function runBudget(options: {
  caps: Caps;
  settings: Settings;
  trainRows: number;
  /** Whether the submission may be another script than the one that was scored. */
  rewritesSubmission: boolean;
  /** How many scripts run at once. */
  slots: number;
  ledger: Ledger;
}): RunBudget {
  const { caps, settings, trainRows, rewritesSubmission, slots, ledger } = options;
  // The submission trains on every row, the search on the capped ones.
  const growth = MARGIN * Math.max(1, trainRows / settings.maxTrainRows);
  const acts = new Map<Act, Promise<unknown>>();
  /** Steps that may begin and of which nothing is noted yet. */
  const promised = new Map<string, Step>();

  const reserved = (): Spent => {
    const { best, ground } = ledger;
    const sawAll = trainRows <= settings.maxTrainRows && (ground?.units.holdout ?? 0) === 0;
    // The best script that saw all rows and is not rewritten has made the submission already.
    if (best === null || (!rewritesSubmission && sawAll)) return NOTHING;
    if (best.blend !== null) return reservedForMembers(best);
    const seconds = growth * (best.run?.seconds ?? 0);
    const { tokens, usd, seconds: asking } = rewritesSubmission ? usualCall(ledger) : NOTHING;
    return { seconds: seconds + asking, scriptRuns: 1, scriptSeconds: seconds, tokens, usd };
  };

  /** For as many members as fit into a part of the run: those that are not run anew keep their predictions of the search. */
  const reservedForMembers = (best: Attempt): Spent => {
    const parts = partsOf(best, membersOf(ledger));
    const all = growth * parts.reduce((sum, { run }) => sum + (run?.seconds ?? 0), 0);
    const most = (cap: number | null) => (cap ?? Number.POSITIVE_INFINITY) * MEMBERS_PART;
    const scriptSeconds = Math.min(all, most(caps.scriptSeconds));
    const scriptRuns = Math.min(parts.length, Math.ceil(most(caps.scriptRuns)));
    const seconds = Math.min(all / slots, most(caps.seconds));
    return { ...NOTHING, seconds, scriptSeconds, scriptRuns };
  };

  const inFlight = (): Spent => {
    for (const [at, step] of promised) if (ledger.isBegun(step)) promised.delete(at);
    const script = expectedCost("attempt", ledger);
    const call = usualCall(ledger);
    return sumOf([
      ...[...acts.keys()].map(({ type }) =>
        type === "call" ? call : { ...script, tokens: 0, usd: 0, seconds: 0 },
      ),
      ...[...promised.values()].map(({ kind }) => expectedCost(kind, ledger)),
    ]);
  };

  const isCapped = Object.values(caps).some((limit) => limit !== null);

  /** A run with nothing to show may still make a submission. */
  const isFree = (act: Act) =>
    act.type === "script" && act.purpose === "submission" && ledger.best === null;

  /** The call under way while what a call takes is unknown: where that may break a cap, the first goes alone. */
  const unmeasuredCall = (): Promise<unknown> | null => {
    if ((caps.tokens ?? caps.usd) === null) return null;
    if (ledger.calls.length > 0) return null;
    return [...acts].find(([{ type }]) => type === "call")?.[1] ?? null;
  };

  const during = async <T>(act: Act, todo: () => Promise<T>): Promise<T> => {
    const done = todo();
    acts.set(act, done);
    try {
      return await done;
    } finally {
      acts.delete(act);
    }
  };

  const scriptSeconds = () => {
    if (caps.seconds === null && caps.scriptSeconds === null) return settings.scriptSeconds;
    const { spent } = ledger;
    const submits = [...acts.keys()].some(
      (act) => act.type === "script" && act.purpose === "submission",
    );
    const kept = submits ? 0 : reserved().seconds;
    const left = Math.min(
      (caps.seconds ?? Number.POSITIVE_INFINITY) - spent.seconds,
      (caps.scriptSeconds ?? Number.POSITIVE_INFINITY) - spent.scriptSeconds,
    );
    return Math.max(LEAST_SECONDS, Math.min(settings.scriptSeconds, Math.ceil(left - kept)));
  };

  return {
    allows(step) {
      if (!isCapped) return null;
      const isTrack = Place.parse(step.at).branch.name === "track";
      const hasBest = ledger.best !== null;
      const ensembles = isTrack && hasBest && settings.tracks > 1 && settings.ensembleRounds > 0;
      const outlook = { reserve: reserved(), inFlight: inFlight(), ensembles };
      const reason = capInTheWay(caps, ledger, step, outlook);
      if (reason === null && !ledger.isBegun(step)) promised.set(step.at, step);
      return reason;
    },
    async within(act, todo, refuse) {
      if (!isCapped) return todo();
      for (let first = unmeasuredCall(); first !== null; first = unmeasuredCall()) {
        // Whoever began it is told of its failure, and notes what it took.
        await first.catch(() => {});
        await setImmediate();
      }
      if (isFree(act)) return during(act, todo);
      const finishes =
        act.type === "call" ? act.agent === "submitter" : act.purpose === "submission";
      // Calls under way are taken for large ones: several at once are not to break a cap by more than the last of them.
      const begun = [...acts.keys()].map(({ type }) =>
        type === "call"
          ? { ...largestCall(ledger), seconds: 0 }
          : { ...expectedCost("attempt", ledger), seconds: 0, tokens: 0, usd: 0 },
      );
      const kept = finishes ? NOTHING : reserved();
      const { spent } = ledger;
      const concerned = act.type === "call" ? CALL_CAPS : SCRIPT_CAPS;
      const reached = capsReached(caps, sumOf([spent, ...begun, kept]), "reached").find((name) =>
        concerned.has(name),
      );
      if (reached !== undefined) return refuse(capSpent(reached, caps, spent));
      return during(act, todo);
    },
    scriptSeconds,
    remaining() {
      if (!isCapped) return null;
      const keptSeconds = reserved().seconds;
      const limits = { scriptSeconds: scriptSeconds(), keptSeconds };
      return remainingInWords({ caps, spent: ledger.spent, ...limits });
    },
  };
}

/** What asking a model uses up, and what running a script does. */
const CALL_CAPS: ReadonlySet<string> = new Set(["seconds", "tokens", "usd"]);
const SCRIPT_CAPS: ReadonlySet<string> = new Set(["seconds", "scriptRuns", "scriptSeconds"]);

/** A script that may start at all gets the time to import its libraries. */
const LEAST_SECONDS = 5;
