import type { Move } from "../core/step.ts";
import { MOVE_WORDS } from "../core/words/moves.ts";
import type { Attempt } from "./attempt.ts";
import { usualCall } from "./expected-cost.ts";
import type { Ledger } from "./ledger.ts";

/** How much an attempt counts beside the next one of its kind: what paid at first may have been used up. */
const DECAY = 0.7;
/** The share of a usual gain that any move is given credit for: none is ruled out by a bad row. */
const CREDIT = 0.1;
/** Planning and writing, for each attempt. */
const CALLS = 2;
/** Fewer members hold nothing that the program's own blend does not see. */
const LEAST_MEMBERS = 3;

/** A move that a track may make, with the script that it is about. */
export interface Option {
  move: Move;
  about: string | null;
}

/** The move by which an attempt came to be; null for what belongs to none. */
function moveOf({ stage, blend }: Attempt): Move | null {
  if (blend !== null) return null;
  if (stage === "refinement") return "refine";
  if (stage === "ensemble") return "stack";
  return stage === "initial solutions" ? "fresh" : null;
}

/** What the run's best gained by each kind of move for a second of it, later attempts counting more; infinite for one never made. */
function promises(ledger: Ledger): Record<Move, number> {
  const asking = CALLS * usualCall(ledger).seconds;
  const made = ledger.attempts.map((attempt) => ({
    move: moveOf(attempt),
    gain: Math.max(0, attempt.blendGain ?? 0),
    seconds: (attempt.run?.seconds ?? 0) + asking,
  }));
  const usual = {
    gain: CREDIT * meanOf(made.map(({ gain }) => gain)),
    seconds: meanOf(made.map(({ seconds }) => seconds)),
  };
  const promise = (move: Move) => {
    const own = made.filter((one) => one.move === move);
    if (own.length === 0) return Number.POSITIVE_INFINITY;
    const sum = own.reduce(
      (all, { gain, seconds }) => ({
        gain: DECAY * all.gain + gain,
        seconds: DECAY * all.seconds + seconds,
      }),
      { gain: 0, seconds: 0 },
    );
    return (sum.gain + usual.gain) / Math.max(1e-9, sum.seconds + usual.seconds);
  };
  return { refine: promise("refine"), fresh: promise("fresh"), stack: promise("stack") };
}

/**
 * Of the moves that are open to a track the one with the most gain per second so far, and why, in a sentence; null when
 * none is open. Equals are taken in turn.
 */
export function nextMove(
  ledger: Ledger,
  { options, members }: { options: readonly Option[]; members: number },
): (Option & { reason: string }) | null {
  const open = options.filter(({ move }) => move !== "stack" || members >= LEAST_MEMBERS);
  const rates = promises(ledger);
  const times = (move: Move) => ledger.laps.filter((lap) => lap.move === move).length;
  const [first, ...others] = open.toSorted(
    (a, b) => compare(rates[b.move], rates[a.move]) || times(a.move) - times(b.move),
  );
  if (first === undefined) return null;
  const beside = others.map(({ move }) => `${rateInWords(rates[move])} to ${MOVE_WORDS[move]}`);
  const against = beside.length === 0 ? "nothing else is open" : `against ${beside.join(" and ")}`;
  return { ...first, reason: `${rateInWords(rates[first.move])}, ${against}` };
}

const compare = (a: number, b: number) => (a === b ? 0 : a - b);

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const rateInWords = (rate: number) =>
  Number.isFinite(rate)
    ? `a gain of ${Number((60 * rate).toPrecision(2))} a minute so far`
    : "never tried";
