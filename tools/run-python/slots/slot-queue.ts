import type { RunPurpose } from "../../../src/core/candidate.ts";
import type { SlotPlan } from "../../machine/plan-slots.ts";
import { SharesFile } from "./shares-file.ts";

/** A share of the machine: who holds it may run one script. */
export interface Slot {
  index: number;
  release(): void;
}

/** Who asks: a run's slots are shared fairly between its tracks. */
export interface Party {
  track: string;
  purpose: RunPurpose;
}

type Waiting = Pick<PromiseWithResolvers<Slot>, "resolve" | "reject">;

const URGENCY: Record<RunPurpose, number> = {
  submission: 2,
  solution: 1,
  proof: 1,
  exploration: 1,
  ablation: 0,
};
const ASK_AGAIN_MILLISECONDS = 50;

/** The slots of one run, on a machine that it may share with others that know the same file. */
export class SlotQueue {
  readonly #file: SharesFile;
  readonly #waiting = new Map<number, Waiting>();
  readonly #held = new Set<number>();
  #askAgain: NodeJS.Timeout | undefined;

  constructor({ slots, gpus }: Pick<SlotPlan, "slots" | "gpus">, sharesFile: string) {
    const partsOf = (cores: readonly number[], index: number) => {
      const device = gpus[index];
      const names = cores.map((core) => `core ${core}`);
      return device === undefined ? names : [...names, `device ${device.id}`];
    };
    this.#file = new SharesFile(sharesFile, slots.map(partsOf));
  }

  /** Waits for a slot, and says so where none is free; rejects with the signal's reason when it aborts first. */
  async acquire(
    { track, purpose }: Party,
    signal?: AbortSignal,
    onWait: () => void = () => {},
  ): Promise<Slot> {
    signal?.throwIfAborted();
    const script = this.#file.enter(track, URGENCY[purpose]);
    const { promise, resolve, reject } = Promise.withResolvers<Slot>();
    const onAbort = () => {
      if (!this.#waiting.delete(script)) return;
      this.#leave(script);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#waiting.set(script, { resolve, reject });
    this.#serve();
    if (this.#waiting.has(script)) onWait();
    return promise.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  /** Whether a script of this run has the slot. */
  isHeld(index: number): boolean {
    return this.#held.has(index);
  }

  /** Lets go of the machine; nobody may hold or want a slot any more. */
  close(): void {
    clearTimeout(this.#askAgain);
    this.#file.close();
  }

  #slot(script: number, index: number): Slot {
    this.#held.add(index);
    const release = () => {
      if (!this.#held.delete(index)) return;
      this.#leave(script);
    };
    return { index, release };
  }

  #leave(script: number): void {
    this.#file.leave(script);
    this.#serve();
  }

  /** Gives what can be had to those that wait, and asks again soon for what others hold. */
  #serve(): void {
    clearTimeout(this.#askAgain);
    if (this.#waiting.size === 0) return;
    try {
      for (const [script, index] of this.#file.grant()) {
        this.#waiting.get(script)?.resolve(this.#slot(script, index));
        this.#waiting.delete(script);
      }
    } catch (error) {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    }
    if (this.#waiting.size > 0)
      this.#askAgain = setTimeout(() => this.#serve(), ASK_AGAIN_MILLISECONDS);
  }
}
