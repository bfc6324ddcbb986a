import { setImmediate } from "node:timers/promises";
import type { Ports } from "../../../graphs/ports.ts";
import { type TimeLimit, timeLimit } from "../../../tools/run-python/time-limit.ts";
import { Caps } from "../../core/caps.ts";
import { Place } from "../../core/place.ts";
import type { RunRequest } from "../../core/ports.ts";
import { isBlended } from "../../core/questions.ts";
import type { Settings } from "../../core/settings.ts";
import type { Step } from "../../core/step.ts";
import { remainingInWords } from "../../core/words/remaining.ts";
import type { Attempt } from "../../record/attempt.ts";
import { capInTheWay, capSpent, capsReached } from "../../record/budget.ts";
import { expectedCost, usualCall } from "../../record/expected-cost.ts";
import type { Ledger } from "../../record/ledger.ts";
import { membersOf, partsOf } from "../../record/members.ts";
import { NOTHING, type Spent, sumOf } from "../../record/spent.ts";
import { type Act, concerns, finishes, underway } from "./act.ts";

/** How much longer the submission may take than the run it repeats, when both see the same rows. */
const MARGIN = 1.25;
/** The part of a cap that is kept for running a blend's members anew. */
const MEMBERS_PART = 0.1;

export interface RunBudget {
  allows: Ports["budget"];
  /** Whether the run has a cap, and spends what it limits. */
  isDrawnOn: () => boolean;
  /** Does the act within the caps; refused with the reached cap in a sentence when there is no room for it. */
  within<T>(act: Act, todo: () => Promise<T>, refuse: (reason: string) => never): Promise<T>;
  /** The time limit of a script that starts now: never beyond what is left of the run's time. */
  timeLimit(request: Pick<RunRequest, "purpose" | "joined" | "seconds">): TimeLimit;
  /** How long a call of this agent may still take: never beyond what is left of the run's time. */
  callSeconds(agent: string): number;
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
  /** Seconds since the last event that the ledger took in: waiting is time too. */
  secondsSince?: () => number;
}): RunBudget {
  const { caps, settings, trainRows, rewritesSubmission, slots, ledger } = options;
  const { secondsSince = () => 0 } = options;
  const spentNow = (): Spent => {
    const { spent } = ledger;
    return { ...spent, seconds: spent.seconds + secondsSince() };
  };
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

  /** The cap that leaves no room for the act, beside so much else. */
  const inTheWay = (act: Act, beside: readonly Spent[]) => {
    const kept = finishes(act) ? NOTHING : reserved();
    return capsReached(caps, sumOf([spentNow(), ...beside, kept]), "reached").find((name) =>
      concerns(act, name),
    );
  };

  const otherCall = () => [...acts].find(([{ type }]) => type === "call")?.[1];

  const during = async <T>(act: Act, todo: () => Promise<T>): Promise<T> => {
    const done = todo();
    acts.set(act, done);
    try {
      return await done;
    } finally {
      acts.delete(act);
    }
  };

  /** The final run, which trains on all rows, gets all that is left. */
  const limitOf: RunBudget["timeLimit"] = ({ purpose, joined, seconds }) => {
    const isFinal = purpose === "submission";
    const kept = isFinal ? 0 : reserved().seconds;
    const spent = spentNow();
    const left = Math.min(
      (caps.seconds ?? Number.POSITIVE_INFINITY) - spent.seconds,
      (caps.scriptSeconds ?? Number.POSITIVE_INFINITY) - spent.scriptSeconds,
    );
    const room = Math.max(LEAST_SECONDS, Math.ceil(left - kept));
    const usual = Math.max(settings.scriptSeconds, Math.ceil(joined ?? 0));
    if (!isFinal) return timeLimit(Math.min(usual, seconds ?? usual), room);
    return timeLimit(Number.isFinite(room) ? room : Math.ceil(growth * usual), room);
  };

  return {
    isDrawnOn: () =>
      Caps.keyof().options.some((cap) => caps[cap] !== null && ledger.spent[cap] > 0),
    allows(step) {
      if (!isCapped) return null;
      const isTrack = Place.parse(step.at).branch.name === "track";
      const hasBest = ledger.best !== null;
      // Where the program blends, ensembles train nothing that time would have to be kept for.
      const joins = !isBlended({ settings, ground: ledger.ground });
      const ensembles =
        joins && isTrack && hasBest && settings.tracks > 1 && settings.ensembleRounds > 0;
      const outlook = { reserve: reserved(), inFlight: inFlight(), ensembles };
      const reason = capInTheWay(caps, ledger, step, outlook);
      if (reason === null && !ledger.isBegun(step)) promised.set(step.at, step);
      return reason;
    },
    async within(act, todo, refuse) {
      if (!isCapped) return todo();
      if (isFree(act)) return during(act, todo);
      let reached = inTheWay(act, underway(acts.keys(), caps, ledger));
      // What other calls leave is known once they have ended: nothing is refused for what they might take.
      while (act.type === "call" && reached !== undefined && inTheWay(act, []) === undefined) {
        const other = otherCall();
        if (other === undefined) break;
        // Whoever began it is told of its failure, and notes what it took.
        await other.catch(() => {});
        await setImmediate();
        reached = inTheWay(act, underway(acts.keys(), caps, ledger));
      }
      if (reached !== undefined) return refuse(capSpent(reached, caps, spentNow()));
      return during(act, todo);
    },
    timeLimit: limitOf,
    callSeconds(agent) {
      if (caps.seconds === null) return Number.POSITIVE_INFINITY;
      const left = caps.seconds - spentNow().seconds;
      const kept = reserved();
      if (agent !== "submitter") return left - kept.seconds;
      // Its script comes after it; a little more than usual is what any call may take.
      return Math.min(
        left,
        Math.max(left - kept.scriptSeconds, MARGIN * usualCall(ledger).seconds),
      );
    },
    remaining() {
      if (!isCapped) return null;
      const keptSeconds = reserved().seconds;
      const { seconds: scriptSeconds } = limitOf({ purpose: "solution" });
      const limits = { scriptSeconds, keptSeconds };
      return remainingInWords({ caps, spent: spentNow(), ...limits });
    },
  };
}

/** A script that may start at all gets the time to import its libraries. */
const LEAST_SECONDS = 5;
