import { type Parts, type PartyState, SharesFile } from "./shares-file.ts";

/** Who waits and has not asked for so long does not run just now; nobody is held up by it. */
const ABSENT_MILLISECONDS = 3000;

/**
 * One run's part in sharing the machine with all other runs on it that know the same file, in this process or in
 * others. What a process held that died is free again; among those that wait the most urgent goes first, then who holds
 * least, then who was served longest ago.
 */
export class MachineShares {
  readonly #file: SharesFile;
  readonly #party: number;
  readonly #held = new Map<number, Parts>();
  #isWaiting = false;

  constructor(path: string) {
    this.#file = new SharesFile(path);
    this.#party = this.#file.join();
  }

  /** Takes the first of the slots that is free and that nobody who goes first wants a part of; null when it has to wait. */
  take(slots: ReadonlyMap<number, Parts>, urgency: number): number | null {
    let taken: number | null = null;
    this.#file.inTurn(() => {
      this.#file.wait(this.#party, urgency, [...slots.values()].flat());
      const parties = this.#file.parties();
      const self = parties.find(({ id }) => id === this.#party);
      const ahead = parties.filter((party) => self !== undefined && goesFirst(party, self));
      const wanted = ahead.flatMap(({ waits }) => waits?.for ?? []);
      const unavailable = new Set([...this.#file.heldParts(), ...wanted]);
      const free = [...slots].find(([, parts]) => !parts.some((part) => unavailable.has(part)));
      if (free === undefined) return;
      this.#file.hold(this.#party, free[1]);
      this.#held.set(...free);
      taken = free[0];
    });
    this.#isWaiting = taken === null;
    return taken;
  }

  /** Gives a slot back. */
  release(slot: number): void {
    const parts = this.#held.get(slot) ?? [];
    this.#held.delete(slot);
    this.#file.inTurn(() => this.#file.free(this.#party, parts));
  }

  /** Waits no longer. */
  leave(): void {
    if (!this.#isWaiting) return;
    this.#file.inTurn(() => this.#file.waitNoMore(this.#party));
    this.#isWaiting = false;
  }

  /** Gives everything back. */
  close(): void {
    this.#file.inTurn(() => this.#file.forget(this.#party));
    this.#file.close();
  }
}

/** Whether a party waits and goes before another one. */
function goesFirst(party: PartyState, other: PartyState): boolean {
  if (party.id === other.id || party.waits === null) return false;
  if (Date.now() - party.waits.seen > ABSENT_MILLISECONDS) return false;
  const rank = ({ waits, holds, served, id }: PartyState) => [
    -(waits?.urgency ?? 0),
    holds,
    served,
    id,
  ];
  const [ours, theirs] = [rank(party), rank(other)];
  const differs = ours.findIndex((value, index) => value !== theirs[index]);
  return (ours[differs] ?? 0) < (theirs[differs] ?? 0);
}
