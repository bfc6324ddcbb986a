import { Place } from "../../core/place.ts";
import type { EventOf, RecordedEvent } from "../../record/event.ts";
import { Ledger } from "../../record/ledger.ts";
import type { RunRecord } from "../../record/run-record.ts";

/** What the view needs of a run's record. */
export type Plan = Pick<RunRecord, "caps" | "graph" | "scripts">;

/** One track, a script that was given, the ensemble or the submission. */
export interface Branch {
  place: Place;
  /** The last that was heard from it. */
  last: RecordedEvent;
  running: EventOf<"script-started">[];
  /** Scripts that have no slot yet. */
  waiting: EventOf<"script-waiting">[];
}

const BRANCHES = ["exploration", "track", "given", "ensemble", "submission"];

/** Where a run is: what its ledger knows, and what every branch is at. */
export class RunView {
  readonly ledger = new Ledger();
  plan: Plan | null = null;
  /** Milliseconds of the last event: from here on the clock counts as work. */
  lastEventAt = 0;
  readonly #last = new Map<string, RecordedEvent>();
  readonly #running = new Map<string, EventOf<"script-started">>();
  readonly #waiting = new Map<string, EventOf<"script-waiting">>();

  /** In the order they come up. */
  get branches(): Branch[] {
    const within = <Event extends { at: string }>(events: Map<string, Event>, branch: Place) =>
      [...events.values()].filter(({ at }) => Place.parse(at).isWithin(branch));
    return [...this.#last]
      .map(([text, last]) => ({ place: Place.parse(text), last }))
      .map((branch) => ({
        ...branch,
        running: within(this.#running, branch.place),
        waiting: within(this.#waiting, branch.place),
      }))
      .toSorted((a, b) => Place.compare(a.place, b.place));
  }

  /** Follows the run by its next event. */
  follow(event: RecordedEvent): void {
    this.lastEventAt = Date.parse(event.time);
    // Scripts of a process that is gone run no longer.
    if (event.type === "opened") {
      this.#running.clear();
      this.#waiting.clear();
    }
    // Whatever comes next of its place: it has started, or a cap refused it.
    this.#waiting.delete(event.at);
    if (event.type === "script-waiting") this.#waiting.set(event.at, event);
    if (event.type === "script-started") this.#running.set(event.at, event);
    if (event.type === "script") this.#running.delete(event.at);
    const { branch } = Place.parse(event.at);
    if (BRANCHES.includes(branch.name)) this.#last.set(branch.text, event);
  }

  /** Whether the branch has taken its last step: it was its last refinement, or its solution is being used. */
  hasEnded({ place, last }: Branch): boolean {
    if (place.name === "ensemble" || place.name === "submission") return false;
    if (place.name === "exploration") return this.#last.size > 1;
    if (this.#last.has("ensemble") || this.#last.has("submission")) return true;
    const { name, number } = Place.parse(last.at);
    const isLast = name === "refine" && number === this.ledger.run?.settings.outerSteps;
    return isLast && last.type === "decision";
  }
}
