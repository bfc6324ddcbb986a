import type { Run } from "../core/candidate.ts";
import type { Insight } from "../core/measurement.ts";
import type { ModelDescription } from "../core/model-description.ts";
import { Place } from "../core/place.ts";
import type { Step } from "../core/step.ts";
import type { Execution } from "./attempt.ts";
import type { EventOf, RecordedEvent } from "./event.ts";
import { NOTHING, type Spent, sumOf } from "./spent.ts";

/** What a run has done and spent, and what its caps kept it from. */
export class Work {
  /** How many events it has taken in. */
  count = 0;
  /** Seconds worked: pauses between a process's end and the next opening do not count. */
  secondsWorked = 0;
  /** How often the graph was begun again, with what was done before known and not repeated. */
  begunAnew = 0;
  readonly executions: Execution[] = [];
  readonly calls: EventOf<"call">[] = [];
  readonly laps: EventOf<"lap">[] = [];
  /** Every description of a model that was found or given. */
  readonly models: ModelDescription[] = [];
  readonly ablations: EventOf<"ablation">[] = [];
  /** What the best predictions got most wrong when members were last joined; null where that is not known. */
  insight: Insight | null = null;
  readonly #runs = new Map<string, Run>();
  readonly #begun = new Set<string>();
  readonly #leftOut: EventOf<"left-out">[] = [];
  #spent: Spent = NOTHING;
  #elapsed: number | null = null;

  /** Takes in the next event. */
  take(event: RecordedEvent): void {
    if (this.#elapsed !== null && event.type !== "opened")
      this.secondsWorked += Math.max(0, event.elapsed - this.#elapsed);
    this.#elapsed = event.elapsed;
    this.count += 1;
    if (event.type === "opened" && event.anew) this.begunAnew += 1;
    if (event.type === "call" || event.type === "script" || event.type === "candidate")
      this.#noteBegun(Place.parse(event.at));
    if (event.type === "call") this.#takeCall(event);
    if (event.type === "script") this.#takeScript(event);
    if (event.type === "ablation") this.ablations.push(event);
    if (event.type === "lap") this.laps.push(event);
    if (event.type === "blend") this.insight = event.insight ?? this.insight;
    if (event.type === "models") this.models.push(...event.models);
    if (event.type === "left-out") this.#leftOut.push(event);
  }

  /** What running the attempt left; null when it was not run. */
  runOf(id: string): Run | null {
    return this.#runs.get(id) ?? null;
  }

  /** What looking at the data printed: the last look that ended well, or else the one that came furthest; null without one. */
  get findings(): string | null {
    const looks = this.executions.filter(({ purpose }) => purpose === "exploration");
    const longest = looks.toSorted((a, b) => b.run.stdout.length - a.run.stdout.length)[0];
    const { stdout = "" } = (looks.findLast(({ run }) => run.ok) ?? longest)?.run ?? {};
    return stdout.trim() === "" ? null : stdout.trim();
  }

  /** What the run has spent so far, without what a fork shares with the run it comes from. */
  get spent(): Spent {
    return { ...this.#spent, seconds: this.secondsWorked };
  }

  /** Whether a step was begun before: what it did is known then, and costs nothing again. */
  isBegun({ at }: Pick<Step, "at">): boolean {
    return this.#begun.has(at);
  }

  /** Whether a cap kept the step from beginning, and nothing has changed since. */
  refusalOf({ at }: Pick<Step, "at">): string | null {
    const key = refusalKey(at, this.begunAnew);
    return this.#leftOut.find((event) => event.key === key)?.reason ?? null;
  }

  /** The steps that were refused and never made up for, in the order they came up; not those of a step that is among them. */
  get leftOut(): readonly EventOf<"left-out">[] {
    const left = this.#leftOut.filter(
      ({ at }) => !this.#begun.has(at) && isMissed(Place.parse(at)),
    );
    const places = new Set(left.map(({ at }) => at));
    return left.filter(({ at }) => !places.has(Place.parse(at).parent?.text ?? ""));
  }

  #spend(more: Partial<Spent>): void {
    this.#spent = sumOf([this.#spent, { ...NOTHING, ...more }]);
  }

  #noteBegun(place: Place): void {
    for (let at: Place | null = place; at !== null; at = at.parent) this.#begun.add(at.text);
  }

  #takeCall(call: EventOf<"call">): void {
    this.calls.push(call);
    if (call.sharedFrom === null)
      this.#spend({ tokens: tokensOf(call), usd: call.usage?.costUsd ?? 0 });
  }

  #takeScript({ purpose, run, sharedFrom }: EventOf<"script">): void {
    this.#runs.set(run.id, run);
    this.executions.push({ purpose, run, isShared: sharedFrom !== null });
    if (sharedFrom === null && run.origin === "ran")
      this.#spend({ scriptRuns: 1, scriptSeconds: run.seconds });
  }
}

/** Whether something was foreseen there: laps fill what room there is, and a proof is a check on what was done. */
const isMissed = ({ name, numbers }: Place): boolean =>
  name !== "proof" && numbers["lap"] === undefined;

/** The key of a step's refusal: with more room, a run that is begun anew may do what a cap had refused. */
export const refusalKey = (at: string, begunAnew: number): string =>
  `${at}/left out ${begunAnew + 1}`;

const tokensOf = ({ usage }: EventOf<"call">) =>
  (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
