import { type Direction, gain } from "../core/candidate.ts";
import { Place } from "../core/place.ts";
import type { TriedPlan } from "../core/tried-plan.ts";
import { type Attempt, type HandedOut, handOut, hasSubmission, ownOf } from "./attempt.ts";
import type { EventOf, RecordedEvent } from "./event.ts";
import { type Taint, taintOf, withdrawalOf } from "./withdrawal.ts";
import { Work } from "./work.ts";

/** All that a run's events come to, so far: whoever wants to know who is best, and why, asks here. */
export class Ledger extends Work {
  task: EventOf<"task"> | null = null;
  run: EventOf<"run"> | null = null;
  readonly attempts: Attempt[] = [];
  /** The result the run came to; null before, and from when it was begun anew until it ends again. */
  result: EventOf<"result"> | null = null;
  readonly #byId = new Map<string, Attempt>();
  readonly #taints: Taint[] = [];
  /** Each with the number of attempts there were before it. */
  readonly #submissions: (EventOf<"submission"> & { after: number })[] = [];

  /** The ledger of these events. */
  static of(events: readonly RecordedEvent[]): Ledger {
    const ledger = new Ledger();
    for (const event of events) ledger.take(event);
    return ledger;
  }

  get direction(): Direction {
    return this.task?.direction ?? "minimize";
  }

  /** Takes in the next event. */
  override take(event: RecordedEvent): void {
    super.take(event);
    switch (event.type) {
      case "task":
        this.task = event;
        break;
      case "run":
        this.run = event;
        break;
      case "opened":
        if (event.anew) this.result = null;
        break;
      case "candidate":
        this.#takeCandidate(event);
        break;
      case "leakage": {
        const taint = taintOf(event);
        if (taint !== null) {
          this.#taints.push(taint);
          this.#withdraw(this.attempts);
        }
        break;
      }
      case "submission":
        this.#submissions.push({ ...event, after: this.attempts.length });
        break;
      case "result":
        this.result = event;
        break;
    }
  }

  /** The candidate of this id as it counts now; a mistake of the program when there is none. */
  candidate(id: string): Attempt {
    const attempt = this.#byId.get(id);
    if (attempt === undefined) throw new Error(`${id} is no candidate of this run`);
    return attempt;
  }

  find(id: string): Attempt | null {
    return this.#byId.get(id) ?? null;
  }

  /** Those that count, best first; equals in the order they came up. */
  standing(among: readonly string[] | null = null): Attempt[] {
    return this.attempts
      .filter(({ id, score }) => score !== null && (among === null || among.includes(id)))
      .toSorted((a, b) => gain(a.score ?? 0, b.score ?? 0, this.direction));
  }

  /** The best that has a valid submission of its own; null before the first. */
  get best(): Attempt | null {
    return this.attempts
      .filter((attempt) => attempt.score !== null && hasSubmission(attempt))
      .reduce<Attempt | null>((leader, attempt) => {
        const gained = gain(leader?.score ?? 0, attempt.score ?? 0, this.direction);
        return leader === null || gained > 0 ? attempt : leader;
      }, null);
  }

  /** What the run would end with now: the last submission that was kept, unless what it was made of does not count or a later attempt is better. */
  get handedOut(): HandedOut | null {
    const { best } = this;
    for (const made of this.#submissions.filter(({ kept }) => kept).toReversed()) {
      const { candidate } = made;
      const score = candidate === null ? made.score : (this.find(candidate)?.score ?? null);
      const isLater = best !== null && this.attempts.indexOf(best) >= made.after;
      if (candidate === null ? best !== null : score === null) continue;
      const isBeaten = isLater && gain(score ?? 0, best.score ?? 0, this.direction) > 0;
      return isBeaten ? ownOf(best) : handOut(made, score);
    }
    return best === null ? null : ownOf(best);
  }

  /** Whether the candidate was tried as the submission. */
  wasSubmitted(id: string): boolean {
    return this.#submissions.some(({ candidate }) => candidate === id);
  }

  /** The plans of these candidates and how they ended, each measured against that score. */
  tried(ids: readonly string[], against: number | null): TriedPlan[] {
    return ids
      .map((id) => this.candidate(id))
      .map(({ plan, score, run, problem, withdrawn }) => ({
        plan: plan ?? "",
        score,
        gain: score === null || against === null ? null : gain(against, score, this.direction),
        seconds: run?.seconds ?? null,
        problem: withdrawn ?? problem,
      }));
  }

  #takeCandidate(event: EventOf<"candidate">): void {
    const { at: id, runId, score } = event;
    const place = Place.parse(id);
    const attempt: Attempt = {
      ...{ id, place, stage: place.stage, title: event.title, script: event.script },
      ...{ parent: event.parent, members: event.members, plan: event.plan },
      run: runId === null ? null : this.runOf(runId),
      ...{ score, printed: score, withdrawn: null, problem: event.problem },
      elapsedSeconds: this.secondsWorked,
    };
    const again = this.#byId.get(id);
    if (again !== undefined) this.attempts.splice(this.attempts.indexOf(again), 1);
    this.attempts.push(attempt);
    this.#byId.set(id, attempt);
    this.#withdraw(again === undefined ? [attempt] : this.attempts);
  }

  /** One that does not count can take others with it: until nothing changes. */
  #withdraw(suspects: readonly Attempt[]): void {
    if (this.#taints.length === 0) return;
    for (let changed = true; changed; ) {
      changed = false;
      for (const attempt of suspects) {
        if (attempt.withdrawn !== null) continue;
        attempt.withdrawn = withdrawalOf(attempt, this.#taints, this.#byId);
        if (attempt.withdrawn === null) continue;
        attempt.score = null;
        changed = true;
      }
    }
  }
}
