import { z } from "zod";

/** When and in which run an event was recorded. */
export const Stamp = z.object({
  /** ISO 8601 in UTC, for people. */
  time: z.string(),
  /** Seconds since the process took the run up, by a clock that nobody sets. */
  elapsed: z.number(),
  /** The run that a fork shares it with; null when it happened in this one. */
  sharedFrom: z.string().nullable(),
});
export type Stamp = z.infer<typeof Stamp>;

/** When and in which run an event happened. */
export const stampOf = ({ time, elapsed, sharedFrom }: Stamp): Stamp => ({
  time,
  elapsed,
  sharedFrom,
});
