import { z } from "zod";
import { Difference, Measurement } from "../../../src/core/measurement.ts";

/** What the scorer's process answers, by what it was asked. */
export const Scored = z.object({
  measurement: Measurement,
  gain: Difference.nullable(),
  members: z.array(z.object({ name: z.string(), score: z.number() })),
  /** Sentences on predictions that were left and cannot be blended. */
  notes: z.array(z.string()),
});

export const Blended = z.object({
  members: z.array(z.object({ id: z.string(), name: z.string(), weight: z.number() })),
  kind: z.enum(["weights", "stack"]),
  measurement: Measurement,
  gain: Difference,
});

export const HeldOut = z.object({ first: Measurement.nullable(), second: Measurement.nullable() });

export const Combined = z.array(z.object({ id: z.string(), name: z.string(), final: z.boolean() }));
