import { z } from "zod";
import { Caps } from "./caps.ts";
import { PresetName, presetFor } from "./presets.ts";
import { Settings } from "./settings.ts";

/** The whole, and the three graphs on their own. */
export const GraphName = z.enum(["mle-star", "initial-solution", "refinement", "ensemble"]);
export type GraphName = z.infer<typeof GraphName>;

/** A setting as a field that may be left empty: then the preset's number counts. */
const own = <Schema extends z.ZodType>(schema: z.ZodDefault<Schema>) =>
  schema
    .unwrap()
    .optional()
    .meta(schema.meta() ?? {});

const { shape } = Settings;

/** The field of a cap, `maxTokens` for `tokens`: settings have names of their own. */
const fieldOf = (cap: string) => `max${cap.charAt(0).toUpperCase()}${cap.slice(1)}`;

const capFields = Object.fromEntries(
  Object.entries(Caps.shape).map(([name, schema]) => {
    const { title, description } = schema.meta() ?? {};
    const bounded = schema.unwrap().unwrap().optional();
    return [fieldOf(name), bounded.meta({ title: `Cap: ${title}`, description: `${description}` })];
  }),
);

/** How a run is to be done, as a form: the model, a preset, and every number of the paper for itself. */
export const RunContext = z.object({
  model: z.string().optional().meta({
    default: "offline",
    title: "Model",
    description: "provider:name, or offline for the built-in engineer",
  }),
  /** Studio gives a prompt a field of several lines. */
  instructions: own(shape.instructions).meta({
    ...shape.instructions.meta(),
    langgraph_type: "prompt",
  }),
  search: z.string().optional().meta({
    title: "Search",
    description: "name of a web search; left empty, the one whose key is there",
  }),
  cache: z.boolean().optional().meta({
    default: true,
    title: "Cache",
    description: "a script that ran before in this environment is not run again",
  }),
  ...capFields,
  preset: PresetName.optional().meta({
    default: "standard",
    title: "Preset",
    description: "the numbers that are not given below",
  }),
  models: own(shape.models),
  outerSteps: own(shape.outerSteps),
  innerSteps: own(shape.innerSteps),
  tracks: own(shape.tracks),
  ensembleRounds: own(shape.ensembleRounds),
  maxTrainRows: own(shape.maxTrainRows),
  debugRounds: own(shape.debugRounds),
  scriptSeconds: own(shape.scriptSeconds),
  patience: own(shape.patience),
  method: own(shape.method),
  laps: own(shape.laps),
  holdout: own(shape.holdout),
  acceptance: own(shape.acceptance),
  leakageCheck: own(shape.leakageCheck),
  dataUsageCheck: own(shape.dataUsageCheck),
  explore: own(shape.explore),
  share: own(shape.share),
  review: own(shape.review),
  seed: own(shape.seed),
});
export type RunContext = z.infer<typeof RunContext>;

/** The settings that a context asks for: its own numbers over its preset's. */
export function settingsIn(context: unknown): Settings {
  const { model, search, cache, preset = "standard", ...numbers } = RunContext.parse(context ?? {});
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return Settings.parse({ ...presetFor(preset, capsIn(context)), ...Object.fromEntries(given) });
}

/** The caps that a context names, and no others. */
export function capsIn(context: unknown): Partial<Caps> {
  const given = z.record(z.string(), z.unknown()).parse(context ?? {});
  const caps = Caps.partial().parse(
    Object.fromEntries(Caps.keyof().options.map((name) => [name, given[fieldOf(name)]])),
  );
  return Object.fromEntries(Object.entries(caps).filter(([, cap]) => (cap ?? null) !== null));
}

/** The context that asks for just these settings. */
export const contextOf = (settings: Settings, model = "offline") => ({
  model,
  search: undefined,
  cache: undefined,
  preset: undefined,
  ...settings,
});
