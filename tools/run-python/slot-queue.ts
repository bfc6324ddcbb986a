import type { RunPurpose } from "../../src/core/ports.ts";
import type { MachineShares } from "./machine-shares.ts";
import type { SlotPlan } from "./plan-slots.ts";

/** A share of the machine: who holds it may run one script. */
export interface Slot {
  index: number;
  cores: readonly number[];
  release(): void;
}

/** Who asks: a run's slots are shared fairly between its tracks. */
export interface Party {
  track: string;
  purpose: RunPurpose;
}

interface Waiting {
  party: Party;
  grant(slot: number): void;
  refuse(error: unknown): void;
}

const URGENCY: Record<RunPurpose, number> = { submission: 2, solution: 1, ablation: 0 };
const ASK_AGAIN_MILLISECONDS = 50;

/**
 * The slots of one run. A free one goes to the most urgent; among equals to the track that holds fewest and was served
 * longest ago; among those to who came first. Whether one is free also depends on the other runs on the machine.
 */
export class SlotQueue {
  readonly #cores: SlotPlan["slots"];
  readonly #shares: MachineShares;
  /** The slots that this run does not hold, and what they take of the machine. */
  readonly #free: Map<number, string[]>;
  readonly #waiting: Waiting[] = [];
  readonly #held: Party[] = [];
  readonly #lastServed = new Map<string, number>();
  #served = 0;
  #askAgain: NodeJS.Timeout | undefined;

  constructor({ slots, gpus }: Pick<SlotPlan, "slots" | "gpus">, shares: MachineShares) {
    this.#cores = slots;
    this.#shares = shares;
    this.#free = new Map(
      slots.map((cores, index) => {
        const device = gpus[index];
        const names = cores.map((core) => `core ${core}`);
        return [index, device === undefined ? names : [...names, `device ${device.id}`]];
      }),
    );
  }

  /** Waits for a slot; rejects with the signal's reason when it aborts first. */
  acquire(party: Party, signal?: AbortSignal): Promise<Slot> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = () => {
        this.#remove(waiting);
        reject(signal?.reason);
        this.#serve();
      };
      const settle = () => {
        this.#remove(waiting);
        signal?.removeEventListener("abort", onAbort);
      };
      const waiting: Waiting = {
        party,
        grant: (index) => {
          settle();
          resolve(this.#slot(index, party));
        },
        refuse: (error) => {
          settle();
          reject(error);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(waiting);
      this.#serve();
    });
  }

  /** Lets go of the machine; nobody may hold or want a slot any more. */
  close(): void {
    clearTimeout(this.#askAgain);
    this.#shares.close();
  }

  #remove(waiting: Waiting): void {
    const index = this.#waiting.indexOf(waiting);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  #slot(index: number, party: Party): Slot {
    this.#held.push(party);
    this.#served += 1;
    this.#lastServed.set(party.track, this.#served);
    const parts = this.#free.get(index) ?? [];
    this.#free.delete(index);
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      this.#held.splice(this.#held.indexOf(party), 1);
      this.#free.set(index, parts);
      this.#shares.release(index);
      this.#serve();
    };
    return { index, cores: this.#cores[index] ?? [], release };
  }

  /** Gives what can be had to those that wait, and asks again soon for what others hold. */
  #serve(): void {
    clearTimeout(this.#askAgain);
    try {
      while (this.#grantNext()) {}
    } catch (error) {
      for (const waiting of [...this.#waiting]) waiting.refuse(error);
    }
  }

  #grantNext(): boolean {
    const [next] = this.#waiting.toSorted((first, second) => this.#compare(first, second));
    if (next === undefined || this.#free.size === 0) {
      this.#shares.leave();
      return false;
    }
    const index = this.#shares.take(this.#free, URGENCY[next.party.purpose]);
    if (index === null) {
      this.#askAgain = setTimeout(() => this.#serve(), ASK_AGAIN_MILLISECONDS);
      return false;
    }
    next.grant(index);
    return true;
  }

  /** Sorting keeps the order of coming among equals. */
  #compare(first: Waiting, second: Waiting): number {
    const urgency = URGENCY[second.party.purpose] - URGENCY[first.party.purpose];
    if (urgency !== 0) return urgency;
    const [ours, theirs] = [this.#claims(first.party), this.#claims(second.party)];
    return ours.held - theirs.held || ours.served - theirs.served;
  }

  /** Slots that the track holds, and when it was last served: less goes first. */
  #claims({ track }: Party): { held: number; served: number } {
    const held = this.#held.filter((holder) => holder.track === track).length;
    return { held, served: this.#lastServed.get(track) ?? 0 };
  }
}
