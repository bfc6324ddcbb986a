import { type Direction, gain } from "../core/candidate.ts";
import type { Ground } from "../core/ground.ts";
import type { Measurement } from "../core/measurement.ts";
import { place } from "../core/place.ts";
import {
  type Attempt,
  blendAttempt,
  compareAttempts,
  hasSubmission,
  scoredBy,
  scriptAttempt,
} from "./attempt.ts";
import type { EventOf, RecordedEvent } from "./event.ts";
import { type HandedOut, handedOutOf, type Submitted } from "./handed-out.ts";
import { bestOfMembers } from "./members.ts";
import { type Taint, taintOf, withdrawalOf } from "./withdrawal.ts";
import { Work } from "./work.ts";

const ALL_BLENDED = place.ensemble.blend.text;

/** All that a run's events come to, so far: whoever wants to know who is best, and why, asks here. */
export class Ledger extends Work {
  task: EventOf<"task"> | null = null;
  run: EventOf<"run"> | null = null;
  ground: Ground | null = null;
  readonly alarms: EventOf<"alarm">[] = [];
  readonly attempts: Attempt[] = [];
  /** The result the run came to; null before, and from when it was begun anew until it ends again. */
  result: EventOf<"result"> | null = null;
  readonly #byId = new Map<string, Attempt>();
  readonly #bestBefore = new Map<Attempt, number | null>();
  readonly #taints: Taint[] = [];
  readonly #measurements = new Map<string, EventOf<"measurement">>();
  #noBlend = false;
  readonly #submissions: Submitted[] = [];

  /** The ledger of these events. */
  static of(events: readonly RecordedEvent[]): Ledger {
    const ledger = new Ledger();
    for (const event of events) ledger.take(event);
    return ledger;
  }

  get direction(): Direction {
    return scoredBy(this.task).direction;
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
        if (taint !== null) this.#taints.push(taint);
        this.#withdraw(this.attempts);
        break;
      }
      case "ground":
        this.ground = event.ground;
        break;
      case "measurement":
        this.#measurements.set(event.runId, event);
        break;
      case "alarm":
        this.alarms.push(event);
        if (event.withdraws) this.#withdraw(this.attempts);
        break;
      case "blend":
        this.#noBlend = event.measurement === null && event.at === ALL_BLENDED;
        if (event.measurement !== null) this.#takeBlend(event, event.measurement);
        break;
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

  /**
   * Those that count, measured before claimed, best first, equals in their order. Of blends the latest, which knows all members; none
   * where that of all attempts came to nothing: which were made on the way hangs on which track was faster.
   */
  standing(among: readonly string[] | null = null): Attempt[] {
    const left = this.attempts.filter(({ score }) => score !== null);
    const blend = this.#noBlend ? undefined : left.findLast((one) => one.blend !== null);
    const counts = (one: Attempt) => one.blend === null || one === blend;
    return left
      .filter((one) => counts(one) && (among === null || among.includes(one.id)))
      .toSorted((a, b) => compareAttempts(a, b, this.direction));
  }

  /** The best that has a valid submission of its own; null before the first. */
  get best(): Attempt | null {
    return this.standing().find(hasSubmission) ?? null;
  }

  /** The best that is one script's work and no blend; null before the first. */
  get bestScript(): Attempt | null {
    return this.standing().find(({ blend }) => blend === null) ?? null;
  }

  /** What holding the attempt's predictions against the truth came to; null where that was not done. */
  measured(runId: string): EventOf<"measurement"> | null {
    return this.#measurements.get(runId) ?? null;
  }

  /** What the run would end with now: the last submission kept, unless what it was made of does not count or a later attempt is better. */
  get handedOut(): HandedOut | null {
    return handedOutOf(this, this.#submissions);
  }

  /** Whether the candidate was tried as the submission. */
  wasSubmitted(id: string): boolean {
    return this.#submissions.some(({ candidate }) => candidate === id);
  }

  #takeCandidate(event: EventOf<"candidate">): void {
    const { runId } = event;
    const run = runId === null ? null : this.runOf(runId);
    const measured = runId === null ? null : this.measured(runId);
    const before = this.standing()[0]?.score ?? null;
    const known = { run, measured, scored: scoredBy(this.task) };
    const attempt = scriptAttempt(event, { ...known, elapsedSeconds: this.secondsWorked });
    this.#add(attempt);
    this.#bestBefore.set(attempt, before);
    this.#bring(attempt);
  }

  /** What the run's best has gained since before the attempt. */
  #bring(attempt: Attempt): void {
    const [before, now] = [this.#bestBefore.get(attempt), this.standing()[0]?.score];
    if (before != null && now != null) attempt.blendGain = gain(before, now, this.direction);
  }

  #takeBlend(event: EventOf<"blend">, measurement: Measurement): void {
    const idOf = (run: string) => this.attempts.find((one) => one.run?.id === run)?.id ?? run;
    const elapsedSeconds = this.secondsWorked;
    const blend = blendAttempt(event, {
      measurement,
      idOf,
      beat: bestOfMembers(this),
      elapsedSeconds,
    });
    this.#add(blend);
    const at = blend.place.parent?.text;
    const led = this.attempts.findLast((one) => one.place.text === at && one.blend === null);
    if (led !== undefined) this.#bring(led);
  }

  #add(attempt: Attempt): void {
    const again = this.#byId.get(attempt.id);
    if (again !== undefined) this.attempts.splice(this.attempts.indexOf(again), 1);
    this.attempts.push(attempt);
    this.#byId.set(attempt.id, attempt);
    this.#withdraw(again === undefined ? [attempt] : this.attempts);
  }

  #proofAgainst = ({ run }: Attempt): string | null =>
    this.alarms.find(({ withdraws, runId }) => withdraws && runId === run?.id)?.sentence ?? null;

  /** One that does not count can take others with it: until nothing changes. */
  #withdraw(suspects: readonly Attempt[]): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const attempt of suspects) {
        if (attempt.withdrawn !== null) continue;
        attempt.withdrawn =
          this.#proofAgainst(attempt) ?? withdrawalOf(attempt, this.#taints, this.#byId);
        if (attempt.withdrawn === null) continue;
        attempt.score = null;
        changed = true;
      }
    }
  }
}
