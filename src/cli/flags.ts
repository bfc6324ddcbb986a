import type { Command } from "commander";
import { z } from "zod";
import { SEARCH_PROVIDERS } from "../../tools/search-web/providers.ts";
import { Caps } from "../core/caps.ts";
import { Corrections } from "../core/corrections.ts";
import { IDLE_SECONDS, ModelChoice } from "../core/model-choice.ts";
import { PresetName, presetFor } from "../core/presets.ts";
import { ScriptPolicy } from "../core/script-policy.ts";
import { Settings } from "../core/settings.ts";
import { PRICES_AS_OF } from "../models/language/prices.ts";
import { addFlags, asked, Flag, given, type Words } from "./flag.ts";

/** What a run begins with. */
export const Start = z.object({
  preset: PresetName.default("standard"),
  python: z.string().optional(),
});
const START: Words<z.infer<typeof Start>> = {
  preset: ["<name>", "quick, standard or paper (default standard)"],
  python: ["<path>", "a Python to use instead of the managed environment"],
};

/** The database for the checkpoints. */
export const Checkpoints = z.object({ checkpoints: z.string().optional() });
const DATABASE = "a PostgreSQL database for the checkpoints: postgres://user@host/database";
export const CHECKPOINTS: Words<z.infer<typeof Checkpoints>> = {
  checkpoints: ["<url>", DATABASE],
};

const PRICES = `JSON of prices by model, in dollars for a million tokens, over ours of ${PRICES_AS_OF}`;

/** Which models are asked and how the web is searched. */
export const CHOICE: Words<ModelChoice> = {
  model: ["<provider:name>", "a language model, mailbox:DIR, or offline: the built-in engineer"],
  modelFor: ["<who=provider:name>", "another model for an agent or a role"],
  baseUrl: ["<address>", "of the model's server, where it is not the usual one"],
  temperatures: ["<role=number>", "of planning, coding, checking or searching"],
  efforts: ["<level>", "low, medium or high, or role=level: how hard models that reason think"],
  idleSeconds: ["<time>", `how long nothing may come of an answer (default ${IDLE_SECONDS}s)`],
  callsAtOnce: ["<number>", "calls of models under way at once (default: no limit)"],
  prices: ["<json>", PRICES],
  search: ["<name>", `web search: ${SEARCH_PROVIDERS.join(", ")}`],
  privatePages: ["", "lets the search read pages of private addresses"],
};

/** What is put right about the task, over its `task.yaml`. */
const CORRECTIONS: Words<Corrections> = {
  target: ["<columns>", "what is to be predicted"],
  metric: ["<name>", "what it is scored by; or a Python file of the task folder"],
  direction: ["<way>", "minimize or maximize, for a metric of your own"],
  positive: ["<class>", "of two classes the one whose probability is asked for"],
  id: ["<columns>", "what identifies a row of the submission"],
  split: ["<kind>", "random, stratified, group:<column>, time:<column> or stretches:<column>"],
  drop: ["<columns>", "columns that nothing is to see"],
  dates: ["<order>", "day-first or month-first, in dates such as 3/4/2024"],
};

/** For a new run alone. */
export const REPLAY: Words<ModelChoice> = {
  replay: ["<path>", "a run's folder: answers come from its record, scripts run anew"],
};

/** What a run may spend; near a cap, loops end early and the best solution is still submitted. */
export const CAPS: Words<Caps> = {
  seconds: ["<time>", "wall clock the run may take, over all resumptions: 90s, 15m, 2h"],
  scriptRuns: ["<number>", "scripts it may run"],
  scriptSeconds: ["<time>", "time all its scripts may take together"],
  tokens: ["<number>", "tokens of the language model it may use, in and out"],
  usd: ["<dollars>", "US dollars it may spend, as far as prices are known"],
};

const SANDBOXES = ScriptPolicy.shape.sandbox.unwrap().unwrap().options.join(", ");
const PACKAGES = ScriptPolicy.shape.packages.unwrap().options.join(", ");
const SCRIPTS: Words<ScriptPolicy> = {
  sandbox: ["<name>", `what confines scripts, none gives the protection up: ${SANDBOXES}`],
  packages: ["<policy>", `what scripts may have installed: ${PACKAGES}`],
  weights: ["<folder>", "pretrained weights that scripts may read"],
  cache: ["", "run every script, even one whose result is known"],
  prewarm: ["", "keep no Python ready ahead of its script"],
  keepPredictions: ["", "keep, at the end, predictions that the result does not stand on too"],
};

const Meaning = z.object({ symbol: z.string(), description: z.string() });

/** Every number of the paper, made from the settings themselves. */
export const SETTINGS: Words<Settings> = Object.fromEntries(
  Object.entries(Settings.shape).map(([name, schema]) => {
    const { symbol, description } = Meaning.parse(schema.meta());
    const words = `${description}${symbol === "" ? "" : ` (${symbol} in the paper)`}`;
    const fallback = schema.parse(undefined);
    if (typeof fallback === "boolean") return [name, ["", `without: ${words}`]];
    if (typeof fallback === "number") return [name, ["<number>", words]];
    return [name, [typeof fallback === "string" ? "<text>" : "<list>", words]];
  }),
);

/** Has the help tell the numbers that hold for the preset and the caps that stand beside `--help`. */
const tellPreset = (command: Command): Command =>
  command.configureHelp({
    optionDescription(option) {
      const { preset } = asked(Start, command);
      const values: Record<string, unknown> = presetSettings(preset, given(Caps, command));
      const value = option instanceof Flag && option.whole === Settings && values[option.field];
      if (typeof value !== "number") return option.description;
      return `${option.description} (default ${value})`;
    },
  });

const presetSettings = (preset: PresetName, caps: Partial<Caps>): Settings =>
  Settings.parse(presetFor(preset, caps));

/** Gives the command the flags that put right what is understood of its task. */
export const addCorrections = (command: Command): Command =>
  addFlags(command, Corrections, CORRECTIONS);

/** Gives the command all flags of a run that can stand in a settings file. */
export function addRunFlags(command: Command): Command {
  addFlags(command, Start, START);
  addFlags(command, ModelChoice, CHOICE);
  addFlags(command, Caps, CAPS);
  addFlags(command, ScriptPolicy, SCRIPTS);
  addFlags(command, Checkpoints, CHECKPOINTS);
  return tellPreset(addFlags(command, Settings, SETTINGS));
}
