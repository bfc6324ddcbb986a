import { z } from "zod";

/** US dollars for a million tokens. */
export const Price = z.object({
  input: z.number().min(0),
  output: z.number().min(0),
  /** Input that the provider had cached; the input price when it is not said. */
  cached: z.number().min(0).optional(),
});
export type Price = z.infer<typeof Price>;

/** Prices by `provider:model`, or by model alone. */
export const PriceTable = z.record(z.string(), Price);
export type PriceTable = z.infer<typeof PriceTable>;

/** Name of the built-in engineer where a model is named. */
export const OFFLINE = "offline";

/** How hard a model that reasons is to think. */
export const Effort = z.enum(["low", "medium", "high"]);
export type Effort = z.infer<typeof Effort>;

/** Node's own client gives a silent server up at 300. */
export const IDLE_SECONDS = 280;

/** Which models a run asks and how it searches: as it was asked for, and as `run.json` keeps it. */
export const ModelChoice = z.object({
  /** `offline` for the built-in engineer, else `provider:name`. */
  model: z.string().default(OFFLINE),
  /** Other models, by agent or by role. */
  modelFor: z.record(z.string(), z.string()).default({}),
  /** Address of the server, where it is not the provider's usual one. */
  baseUrl: z.string().nullable().default(null),
  temperatures: z
    .record(z.string(), z.number().min(0).max(2))
    .default({})
    .meta({ flag: "temperature" }),
  /** By role; the provider's own where nothing is said. */
  efforts: z.record(z.string(), Effort).default({}).meta({ flag: "effort" }),
  /** How long nothing may come of an answer before it is asked for again. */
  idleSeconds: z.number().positive().default(IDLE_SECONDS).meta({ flag: "max-silence" }),
  /** Calls under way at once; null for as many as there are tracks and initial models. */
  callsAtOnce: z.int().min(1).nullable().default(null).meta({ flag: "max-calls-at-once" }),
  prices: PriceTable.default({}),
  /** Name of a search; null for the one whose key is there. */
  search: z.string().nullable().default(null),
  /** Lets the reader of web pages fetch private addresses. */
  privatePages: z.boolean().default(false),
  /** The folder or the scratchpad of a run whose answers are taken in place of a model's. */
  replay: z.string().nullable().default(null),
});
export type ModelChoice = z.infer<typeof ModelChoice>;

/** Whether the built-in engineer answers, and so every script is the program's own: a replay repeats a language model's. */
export const isBuiltIn = ({ model, replay }: Pick<ModelChoice, "model" | "replay">): boolean =>
  model === OFFLINE && replay === null;

/** Another choice over the one before: another provider's model has neither the old one's server nor its recording. */
export function switchModel(before: ModelChoice, given: Partial<ModelChoice>): ModelChoice {
  const after = { ...before, ...given };
  const isOther = after.model.split(":")[0] !== before.model.split(":")[0];
  return {
    ...after,
    baseUrl: isOther ? (given.baseUrl ?? null) : after.baseUrl,
    replay: after.model === before.model ? after.replay : null,
    ...(after.model === OFFLINE && isOther ? { modelFor: {}, search: null } : {}),
  };
}
