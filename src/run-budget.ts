import { setImmediate } from "node:timers/promises";
import { readBest } from "../tools/run-folder/best-solution.ts";
import type { Scratchpad } from "../tools/run-folder/scratchpad.ts";
import { type Caps, capInTheWay, capSpent, capsReached, spentOf } from "./core/budget.ts";
import {
  expectedCost,
  largestCall,
  NOTHING,
  type Spent,
  sumOf,
  usualCall,
} from "./core/expected-cost.ts";
import type { Budget, RunPurpose } from "./core/ports.ts";
import { remainingInWords } from "./core/remaining.ts";
import type { RecordedEvent } from "./core/run-event.ts";
import type { Settings } from "./core/settings.ts";
import { isBegun, type Step } from "./core/step.ts";

/** How much longer the submission may take than the run it repeats, when both see the same rows. */
const MARGIN = 1.25;

/** What is about to happen in the world: its expected cost counts as spent until it has ended. */
type Act = { type: "call"; agent: string } | { type: "script"; purpose: RunPurpose };

export interface RunBudget {
  allows: Budget;
  /** Does the act within the caps; refused with the reached cap in a sentence when there is no room for it. */
  within<T>(act: Act, todo: () => Promise<T>, refuse: (reason: string) => never): Promise<T>;
  /** The time limit of a script that starts now: never beyond what is left of the run's time. */
  scriptSeconds(): number;
  /** What is left of the caps, for a model's question; null without caps. */
  remaining(): string | null;
}

/** Holds a run to its caps, and keeps room for the submission once there is something to submit. */
export function runBudget(options: {
  runFolder: string;
  caps: Caps;
  settings: Settings;
  trainRows: number;
  /** Whether the submission may be another script than the one that was scored. */
  rewritesSubmission: boolean;
  scratchpad: Scratchpad;
}): RunBudget {
  const { runFolder, caps, settings, trainRows, rewritesSubmission, scratchpad } = options;
  // The submission trains on every row, the search on the capped ones.
  const growth = MARGIN * Math.max(1, trainRows / settings.maxTrainRows);
  const acts = new Map<Act, Promise<unknown>>();
  /** Steps that may begin and of which nothing is noted yet. */
  const promised = new Map<string, Step>();

  const reserveFor = (events: readonly RecordedEvent[]): Spent => {
    const best = readBest(runFolder);
    // The best script that saw all rows and is not rewritten has made the submission already.
    if (best === null || (!rewritesSubmission && trainRows <= settings.maxTrainRows))
      return NOTHING;
    const seconds = growth * secondsOf(events, best.runId);
    const { tokens, usd, seconds: asking } = usualCall(events);
    return { seconds: seconds + asking, scriptRuns: 1, scriptSeconds: seconds, tokens, usd };
  };

  const inFlight = (events: readonly RecordedEvent[]): Spent => {
    for (const [at, step] of promised) if (isBegun(events, step)) promised.delete(at);
    const script = expectedCost("attempt", events);
    const call = usualCall(events);
    return sumOf([
      ...[...acts.keys()].map(({ type }) =>
        type === "call" ? call : { ...script, tokens: 0, usd: 0, seconds: 0 },
      ),
      ...[...promised.values()].map(({ kind }) => expectedCost(kind, events)),
    ]);
  };

  const isCapped = Object.values(caps).some((limit) => limit !== null);

  /** A run with nothing to show may still make a submission. */
  const isFree = (act: Act) =>
    act.type === "script" && act.purpose === "submission" && readBest(runFolder) === null;

  /** The call under way while what a call takes is unknown: where that may break a cap, the first goes alone. */
  const unmeasuredCall = (): Promise<unknown> | null => {
    if ((caps.tokens ?? caps.usd) === null) return null;
    if (scratchpad.events().some(({ type }) => type === "agent")) return null;
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
    const events = scratchpad.events();
    const spent = spentOf(events);
    const submits = [...acts.keys()].some(
      (act) => act.type === "script" && act.purpose === "submission",
    );
    const kept = submits ? 0 : reserveFor(events).seconds;
    const left = Math.min(
      (caps.seconds ?? Number.POSITIVE_INFINITY) - spent.seconds,
      (caps.scriptSeconds ?? Number.POSITIVE_INFINITY) - spent.scriptSeconds,
    );
    return Math.max(LEAST_SECONDS, Math.min(settings.scriptSeconds, Math.ceil(left - kept)));
  };

  return {
    allows(step) {
      if (!isCapped) return null;
      const events = scratchpad.events();
      const reserve = reserveFor(events);
      const isTrack = step.at.startsWith("track-");
      const ensembles =
        isTrack && hasBest(events) && settings.tracks > 1 && settings.ensembleRounds > 0;
      const outlook = { reserve, inFlight: inFlight(events), ensembles };
      const reason = capInTheWay(caps, events, step, outlook);
      if (reason === null && !isBegun(events, step)) promised.set(step.at, step);
      return reason;
    },
    async within(act, todo, refuse) {
      if (!isCapped) return todo();
      for (let first = unmeasuredCall(); first !== null; first = unmeasuredCall()) {
        // Whoever began it is told of its failure, and notes what it took.
        await first.catch(() => {});
        await setImmediate();
      }
      const events = scratchpad.events();
      if (isFree(act)) return during(act, todo);
      const finishes =
        act.type === "call" ? act.agent === "submitter" : act.purpose === "submission";
      // Calls under way are taken for large ones: several at once are not to break a cap by more than the last of them.
      const begun = [...acts.keys()].map(({ type }) =>
        type === "call"
          ? { ...largestCall(events), seconds: 0 }
          : { ...expectedCost("attempt", events), seconds: 0, tokens: 0, usd: 0 },
      );
      const kept = finishes ? NOTHING : reserveFor(events);
      const spent = spentOf(events);
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
      const events = scratchpad.events();
      const keptSeconds = reserveFor(events).seconds;
      const limits = { scriptSeconds: scriptSeconds(), keptSeconds };
      return remainingInWords({ caps, spent: spentOf(events), ...limits });
    },
  };
}

/** What asking a model uses up, and what running a script does. */
const CALL_CAPS: ReadonlySet<string> = new Set(["seconds", "tokens", "usd"]);
const SCRIPT_CAPS: ReadonlySet<string> = new Set(["seconds", "scriptRuns", "scriptSeconds"]);

/** A script that may start at all gets the time to import its libraries. */
const LEAST_SECONDS = 5;

const hasBest = (events: readonly RecordedEvent[]) =>
  events.some(({ type }) => type === "promotion");

const secondsOf = (events: readonly RecordedEvent[], runId: string) =>
  events.reduce(
    (sum, event) => (event.type === "script" && event.at === runId ? event.seconds : sum),
    0,
  );
