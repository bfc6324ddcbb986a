/** The stages that time, money and gains are told by, in the order of a run. */
export const STAGES = [
  "preparation",
  "model search",
  "initial solutions",
  "refinement",
  "ensemble",
  "submission",
] as const;
export type Stage = (typeof STAGES)[number];

/** The names of steps, in the order in which they come up. */
const STEPS = [
  ...["task", "exploration", "given", "track", "ensemble", "submission"],
  ...["models", "retrieval", "model", "merge", "data-usage", "refine", "lap"],
  ...["ablation", "attempt", "round", "finalist", "member", "own", "baseline", "debug", "blend"],
];

/**
 * Where in a run something happens: `track-1/refine-2/attempt-3`. Made from `place` step by step, and read back from its
 * text by `Place.parse`; nobody else takes that text apart.
 */
export class Place {
  readonly #steps: readonly string[];

  private constructor(steps: readonly string[]) {
    this.#steps = steps;
  }

  /** Reads the text of a place. An attempt made there again, with another script, has `~2` at its end: it is the same place. */
  static parse(text: string): Place {
    return new Place(text === "" ? [] : text.replace(/~\d+$/, "").split("/"));
  }

  /** The order in which places come up in a run with one track. */
  static compare(first: Place, second: Place): number {
    const longest = Math.max(first.#steps.length, second.#steps.length);
    for (let index = 0; index < longest; index += 1) {
      const [a, b] = [partsOf(first.#steps[index]), partsOf(second.#steps[index])];
      const difference = STEPS.indexOf(a.name) - STEPS.indexOf(b.name) || a.number - b.number;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  track(number: number) {
    return this.#at("track", number);
  }
  given(number: number) {
    return this.#at("given", number);
  }
  retrieval(number: number) {
    return this.#at("retrieval", number);
  }
  model(number: number) {
    return this.#at("model", number);
  }
  /** A further round of a track, within which the steps of the fixed part come up again. */
  lap(number: number) {
    return this.#at("lap", number);
  }
  merge(number: number) {
    return this.#at("merge", number);
  }
  refine(number: number) {
    return this.#at("refine", number);
  }
  attempt(number: number) {
    return this.#at("attempt", number);
  }
  round(number: number) {
    return this.#at("round", number);
  }
  finalist(number: number) {
    return this.#at("finalist", number);
  }
  /** A member of the finalist that is run anew. */
  member(number: number) {
    return this.#at("member", number);
  }
  debug(number: number) {
    return this.#at("debug", number);
  }

  get task() {
    return this.#at("task");
  }
  get exploration() {
    return this.#at("exploration");
  }
  get models() {
    return this.#at("models");
  }
  get dataUsage() {
    return this.#at("data-usage");
  }
  get ablation() {
    return this.#at("ablation");
  }
  get ensemble() {
    return this.#at("ensemble");
  }
  get submission() {
    return this.#at("submission");
  }
  /** The finalist's own script, in place of the one made of it. */
  get own() {
    return this.#at("own");
  }
  /** The blend of all members, as it was after this place. */
  get blend() {
    return this.#at("blend");
  }
  get baseline() {
    return this.#at("baseline");
  }

  get text(): string {
    return this.#steps.join("/");
  }

  /** As people say it: `track 1 › refine 2`. */
  get words(): string {
    return this.text.replaceAll("-", " ").replaceAll("/", " › ");
  }

  /** The place it is a step of; null for the run itself. */
  get parent(): Place | null {
    return this.#steps.length === 0 ? null : new Place(this.#steps.slice(0, -1));
  }

  /** Its first step, alone: the track, the given script, the ensemble or the submission; the run itself for what is none. */
  get branch(): Place {
    return new Place(this.#steps.slice(0, 1));
  }

  /** The step whose corrections these are, or the place itself. */
  get step(): Place {
    return this.name === "debug" ? new Place(this.#steps.slice(0, -1)) : this;
  }

  /** The last step's name without its number: `attempt`; empty for the run itself. */
  get name(): string {
    return partsOf(this.#steps.at(-1)).name;
  }

  /** The last step's number, from 1; 0 where it has none. */
  get number(): number {
    return partsOf(this.#steps.at(-1)).number;
  }

  /** Every numbered step: `track-1/refine-2` is track 1 and refine 2. */
  get numbers(): Record<string, number> {
    const parts = this.#steps.map(partsOf).filter(({ number }) => number > 0);
    return Object.fromEntries(parts.map(({ name, number }) => [name, number]));
  }

  get stage(): Stage {
    const [first = "", second = ""] = this.#steps
      .map((step) => partsOf(step).name)
      .filter((name) => name !== "lap");
    if (this.name === "blend") return "ensemble";
    if (first === "ensemble" || first === "submission") return first;
    if (first !== "track" && first !== "given") return "preparation";
    if (second === "refine") return "refinement";
    if (second === "round") return "ensemble";
    const searches = second === "models" || second === "retrieval" || second === "";
    return first === "track" && searches ? "model search" : "initial solutions";
  }

  /** Whether it is the other place or a step of it. */
  isWithin(other: Place): boolean {
    return other.#steps.every((step, index) => this.#steps[index] === step);
  }

  toString(): string {
    return this.text;
  }

  #at(name: string, number?: number): Place {
    return new Place([...this.#steps, number === undefined ? name : `${name}-${number}`]);
  }
}

/** The run itself: every place is made from it. */
export const place = Place.parse("");

/** The name and the number of a step; no name and 0 where there is none. */
function partsOf(step = ""): { name: string; number: number } {
  const [, name = "", digits] = /^(.*?)(?:-(\d+))?$/.exec(step) ?? [];
  return { name, number: Number(digits ?? 0) };
}
