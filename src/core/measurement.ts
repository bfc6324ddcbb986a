import { z } from "zod";

/** A difference of two scores on the same units; positive is better in either direction. */
export const Difference = z.object({
  gain: z.number(),
  /** Its standard error, by a paired bootstrap over units. */
  error: z.number(),
});
export type Difference = z.infer<typeof Difference>;

/** A score that the program measured on units whose truth the script never saw, in the task's metric. */
export const Measurement = z.object({
  score: z.number(),
  /** Standard error, by a bootstrap over units. */
  error: z.number(),
  /** Of 95 %, right near the ends of the metric too. */
  interval: z.tuple([z.number(), z.number()]),
  /** The score on each fold alone; null where it has none there (a class is missing). */
  folds: z.array(z.number().nullable()),
});
export type Measurement = z.infer<typeof Measurement>;
