import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { Place } from "../src/core/place.ts";
import type { Move } from "../src/core/step.ts";
import { membersOf } from "../src/record/members.ts";
import { nextMove, type Option } from "../src/record/moves.ts";
import type { ensembleGraph } from "./ensemble.ts";
import type { initialSolutionGraph } from "./initial-solution.ts";
import { begins, nested } from "./node.ts";
import { joinsScripts, type Ports } from "./ports.ts";
import type { refinementGraph } from "./refinement.ts";
import { reviewMove } from "./review.ts";
import type { TrackState } from "./track-state.ts";

type Runtime = LangGraphRunnableConfig;

interface Graphs {
  initialSolution: ReturnType<typeof initialSolutionGraph>;
  refinement: ReturnType<typeof refinementGraph>;
  ensemble: ReturnType<typeof ensembleGraph>;
}

/** The best of many models that rules have drawn is chosen by luck where units are fewer: hidden scores fell (docs/benchmarks.md). */
const FEWEST_UNITS = 500;

/** How often a language model may say that nothing more is worth trying until it is believed. */
const REFUSALS = 2;

/**
 * What a track does with the time that is left once its fixed steps are done: move by move, each the one that promises most
 * for its seconds, until the caps leave no room for another, or no move is left.
 */
export function lapNodes(ports: Ports, { initialSolution, refinement, ensemble }: Graphs) {
  const { journal, settings } = ports;
  const { ledger } = journal;
  const lapOf = ({ at, laps }: TrackState) => Place.parse(at).lap(laps);

  /** The best script that still has something to try, and on which no other track is at work. */
  const nextBase = ({ at, closed }: TrackState): string | null => {
    const track = Place.parse(at);
    const others = ledger.laps.filter((lap) => !Place.parse(lap.at).isWithin(track));
    const last = new Map(others.map((lap) => [Place.parse(lap.at).branch.text, lap.about]));
    const taken = new Set(last.values());
    const free = ledger.standing().find(
      ({ id, blend, place }) =>
        blend === null &&
        !closed.includes(keyOf({ move: "refine", about: id })) &&
        !taken.has(id) &&
        // By its rules the built-in engineer would come to the same plans on each track.
        (!ports.isBuiltIn || place.isWithin(track)),
    );
    return free?.id ?? null;
  };

  const optionsOf = (state: TrackState): Option[] => {
    const base = nextBase(state);
    const options: Option[] = [
      ...(base === null ? [] : [{ move: "refine" as const, about: base }]),
      { move: "fresh", about: null },
      ...(joinsScripts(ports) ? [] : [{ move: "stack" as const, about: null }]),
    ];
    return options.filter((option) => !state.closed.includes(keyOf(option)));
  };

  const choose = (before: TrackState) => {
    const state = { ...before, laps: before.laps + 1 };
    const at = lapOf(state).text;
    const members = membersOf(ledger).length;
    const known = journal.recorded("lap", { at, name: "lap", parts: {} });
    const next = known ?? nextMove(ledger, { options: optionsOf(state), members });
    if (next === null) return { move: null };
    const { move, about, reason } = next;
    journal.choose("lap", { at, name: "lap", parts: {} }, () => ({ move, about, reason }));
    return { ...taken(move, about, state), laps: state.laps };
  };

  /** The move as a person would have it; null when the search is to end here. */
  const taken = (move: Move, about: string | null, state: TrackState) => {
    const at = lapOf(state).text;
    const said = reviewMove(move, { at, ports });
    const base = said === "refine" ? (about ?? nextBase(state)) : null;
    return { move: said === "refine" && base === null ? null : said, about: base };
  };

  const refine = async (state: TrackState, runtime: Runtime) => {
    const { about: base, blocks, barren } = state;
    if (base === null) return {};
    const earlierBlocks = blocks[base] ?? [];
    const input = { at: lapOf(state).text, base, barren, earlierBlocks, mostSteps: 1 };
    const end = await refinement.invoke(input, nested(runtime));
    const known = { ...blocks, [base]: end.earlierBlocks, [end.base]: end.earlierBlocks };
    return {
      ...after(state, [end.base]),
      ...{ barren: end.barren, blocks: known, refusals: state.refusals + end.refusals },
    };
  };

  const fresh = async (state: TrackState, runtime: Runtime) => {
    const about = { models: [], known: [...ledger.models], wanted: 1 };
    const { base } = await initialSolution.invoke(
      { at: lapOf(state).text, ...about },
      nested(runtime),
    );
    return after(state, base === null ? [] : [base]);
  };

  const stack = async (state: TrackState, runtime: Runtime) => {
    const scripts = ledger.standing().filter(({ blend }) => blend === null);
    const solutions = scripts.slice(0, settings.tracks + 1).map(({ id }) => id);
    const earlier = scripts.filter(({ stage }) => stage === "ensemble").map(({ id }) => id);
    const about = { solutions, ensembles: earlier, mostRounds: 1 };
    const { ensembles } = await ensemble.invoke(
      { at: lapOf(state).text, ...about },
      nested(runtime),
    );
    return after(state, ensembles);
  };

  /** The track's solution is the best that it came to; a move that ran nothing is not made again. */
  const after = (state: TrackState, made: readonly string[]) => {
    const { move, about, solution, closed } = state;
    const at = lapOf(state);
    // That the program blended anew is no script of the move.
    const ran = ledger.attempts.some(
      ({ place, run, blend }) => run !== null && blend === null && place.isWithin(at),
    );
    const [best] = ledger.standing([...(solution === null ? [] : [solution]), ...made]);
    return {
      solution: best?.id ?? solution,
      closed: ran || move === null ? closed : [...closed, keyOf({ move, about })],
    };
  };

  /** Whether there is to be another lap. */
  const goesOn = (state: TrackState): boolean =>
    settings.laps &&
    settings.method !== "paper" &&
    ports.isCapped() &&
    !(ports.isBuiltIn && (ports.prepared().ground?.units.train ?? FEWEST_UNITS) < FEWEST_UNITS) &&
    state.solution !== null &&
    state.refusals < REFUSALS &&
    begins(ports, { kind: "attempt", at: lapOf({ ...state, laps: state.laps + 1 }).text });

  return { choose, refine, fresh, stack, goesOn };
}

const keyOf = ({ move, about }: Option) => (about === null ? move : `${move} ${about}`);
