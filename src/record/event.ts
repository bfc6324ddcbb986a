import { z } from "zod";
import { EVENTS } from "./event-table.ts";
import { Stamp } from "./stamp.ts";

export type EventType = keyof typeof EVENTS;
/** An event before it is recorded. */
export type RunEvent = { [Type in EventType]: z.infer<(typeof EVENTS)[Type]> }[EventType];

/** An event as a line of `scratchpad.jsonl`. */
export type RecordedEvent = RunEvent & Stamp;
export type EventOf<Type extends EventType> = Extract<RunEvent, { type: Type }> & Stamp;

/** What an event tells beyond where it stands. */
export type Body<Type extends EventType> = Omit<Unrecorded<Type>, "type" | "key" | "at">;

type Unrecorded<Type extends EventType> = Extract<RunEvent, { type: Type }>;

/** The value as an event of the type, still to be recorded; what does not belong to it is left out. */
export const made = <Type extends EventType>(type: Type, value: object): Unrecorded<Type> =>
  // TypeScript does not follow a type parameter into a table of schemas; the schema of this very type has passed it.
  EVENTS[type].parse({ ...value, type }) as Unrecorded<Type>;

/** The value as a recorded event of the type; null when it is none. */
export function eventOf<Type extends EventType>(type: Type, value: unknown): EventOf<Type> | null {
  const [event, stamp] = [EVENTS[type].safeParse(value), Stamp.safeParse(value)];
  return event.success && stamp.success
    ? { ...(event.data as Unrecorded<Type>), ...stamp.data }
    : null;
}

const Typed = z.looseObject({ type: z.enum(Object.keys(EVENTS)) });

/** The value as an event; null when it is none. */
export function anyEvent(value: unknown): RecordedEvent | null {
  const typed = Typed.safeParse(value);
  return typed.success ? eventOf(typed.data.type as EventType, value) : null;
}

/** The events of one type, in order. */
export const ofType = <Type extends EventType>(
  events: readonly RecordedEvent[],
  type: Type,
): EventOf<Type>[] =>
  events.filter((event): event is EventOf<Type> & RecordedEvent => event.type === type);
