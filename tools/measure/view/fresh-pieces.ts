import type { FreshNames, FreshValues } from "./fresh-values.ts";

const RUNS = /\p{L}+|\d+/gu;

/** Fresh values of which only one piece is new, the one that names a group: `0042_01` and `0042_02` stay together. */
export class FreshPieces implements FreshNames {
  readonly #groups: FreshValues;
  readonly #piece: number;
  readonly #given = new Map<string, { name: string; rank: number }>();

  /** `piece` counts runs of letters or digits, from behind where it is negative. */
  constructor(groups: FreshValues, piece: number) {
    this.#groups = groups;
    this.#piece = piece;
  }

  see(value: string, isTest: boolean): void {
    const run = this.#runIn(value);
    if (run !== undefined) this.#groups.see(run[0], isTest);
  }

  for(old: string): string {
    const run = this.#runIn(old);
    if (run === undefined) return this.#groups.for(old);
    const group = this.#groups.for(run[0]);
    const name = `${old.slice(0, run.index)}${group}${old.slice(run.index + run[0].length)}`;
    this.#given.set(old, { name, rank: this.#groups.given(run[0])?.rank ?? 0 });
    return name;
  }

  given(old: string): { name: string; rank: number } | undefined {
    return this.#given.get(old) ?? this.#groups.given(old);
  }

  #runIn(value: string): RegExpExecArray | undefined {
    return [...value.matchAll(RUNS)].at(this.#piece);
  }
}
