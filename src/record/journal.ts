import { createHash } from "node:crypto";
import { OverBudgetError } from "../core/errors.ts";
import {
  type Body,
  type EventOf,
  type EventType,
  eventOf,
  made,
  type RecordedEvent,
  type RunEvent,
} from "./event.ts";
import type { EventLog } from "./event-log.ts";
import { Ledger } from "./ledger.ts";
import { stampOf } from "./stamp.ts";
import { refusalKey } from "./work.ts";

/** What an effect is known by: its place and what it is made of, never what was merely shown beside it. */
export interface Effect {
  at: string;
  /** Tells effects of one place apart: the agent, or the type of the event. */
  name: string;
  /** As JSON: the script, the block, the plan, the answer it builds on. */
  parts: unknown;
}

/** The one way to do anything with an effect: what is recorded is not done again, however the run came back to it. */
export interface Journal {
  readonly events: readonly RecordedEvent[];
  /** What the events so far come to. */
  readonly ledger: Ledger;
  /** Records a fact; dropped when its key is there already. */
  note(event: RunEvent): void;
  /** The recorded event of this effect; null when it is still to be had. */
  recorded<Type extends EventType>(type: Type, effect: Effect): EventOf<Type> | null;
  /** Records what an effect came to. */
  record<Type extends EventType>(type: Type, effect: Effect, body: Body<Type>): EventOf<Type>;
  /** The recorded event of this effect, or else the act is done and what it came to recorded. */
  once<Type extends EventType>(
    type: Type,
    effect: Effect,
    act: () => Promise<Body<Type>>,
  ): Promise<EventOf<Type>>;
  /** The same for a choice, which takes no time. */
  choose<Type extends EventType>(
    type: Type,
    effect: Effect,
    decide: () => Body<Type>,
  ): EventOf<Type>;
}

/** The key of an effect: equal parts at one place are the same effect. */
export const keyOf = ({ at, name, parts }: Effect): string => {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `${at}/${name}-${digest.slice(0, 16)}`;
};

/**
 * The journal over a run's log. `inherited` are the events of the run it was forked from: one of them is taken over, with
 * the name of that run, as soon as this run comes to the same effect. `onTaken` is told of an event once the ledger has it.
 */
export function journalOf(
  log: EventLog,
  inherited: { events: readonly RecordedEvent[]; from: string } | null = null,
  onTaken: (event: RecordedEvent) => void = () => {},
): Journal {
  const ledger = new Ledger();
  const own = new Map<string, RecordedEvent>();
  const others = new Map(inherited?.events.map((event) => [event.key, event]));
  const underway = new Map<string, Promise<unknown>>();

  const take = (event: RecordedEvent) => {
    own.set(event.key, event);
    ledger.take(event);
  };
  for (const event of log.events) take(event);

  const append = (event: RunEvent, sharedFrom: string | null = null) => {
    const recorded = log.append(event, sharedFrom);
    take(recorded);
    onTaken(recorded);
    return recorded;
  };

  const recorded: Journal["recorded"] = (type, effect) => {
    const key = keyOf(effect);
    const known = own.get(key);
    if (known !== undefined) return eventOf(type, known);
    const other = eventOf(type, others.get(key));
    if (other === null || inherited === null) return null;
    return eventOf(type, append(made(type, other), other.sharedFrom ?? inherited.from));
  };

  const record: Journal["record"] = (type, effect, body) => {
    const event = made(type, { ...body, key: keyOf(effect), at: effect.at });
    return { ...event, ...stampOf(append(event)) };
  };

  const once: Journal["once"] = async (type, effect, act) => {
    const key = keyOf(effect);
    // Somebody may be at the same effect at this moment: what he records counts for both.
    for (let other = underway.get(key); other !== undefined; other = underway.get(key))
      await other.catch(() => {});
    const known = recorded(type, effect);
    if (known !== null) return known;
    const refusal = eventOf("left-out", own.get(refusalKey(key, ledger.begunAnew)));
    if (refusal !== null) throw new OverBudgetError(refusal.reason);
    const doing = act().then(
      (body) => record(type, effect, body),
      (error: unknown) => {
        if (error instanceof OverBudgetError)
          append({
            type: "left-out",
            key: refusalKey(key, ledger.begunAnew),
            at: effect.at,
            step: type === "script" ? "script" : "call",
            reason: error.message,
          });
        throw error;
      },
    );
    underway.set(key, doing);
    try {
      return await doing;
    } finally {
      underway.delete(key);
    }
  };

  return {
    events: log.events,
    ledger,
    note(event) {
      if (!own.has(event.key)) append(event);
    },
    recorded,
    record,
    once,
    choose: (type, effect, decide) => recorded(type, effect) ?? record(type, effect, decide()),
  };
}
