import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { SEARCH_PROVIDERS } from "../../tools/search-web/search-names.ts";
import { SettingsError } from "../core/errors.ts";
import { type ModelChoice, OFFLINE, PriceTable } from "../core/model-choice.ts";
import { PRICES_AS_OF } from "../models/language/prices.ts";

/** What commander makes of the flags below. */
export interface ModelFlags {
  model: string;
  modelFor?: Record<string, string>;
  temperature?: Record<string, number>;
  baseUrl?: string;
  prices?: PriceTable;
  search?: string;
  privatePages?: boolean;
  record?: string;
  replay?: string;
}

/** Gives the command the flags that choose models and search. */
export const addModelFlags = (command: Command): Command =>
  addChoiceFlags(command.option(MODEL_FLAG, MODEL_WORDS, OFFLINE))
    .option("--record <file>", "write every model call and search of the run to a file")
    .option("--replay <file>", "run again from such a file, without any provider");

const MODEL_FLAG = "--model <provider:name>";
const MODEL_WORDS = "a language model, or the built-in engineer";

/** Gives a command that goes on with a run the flags that choose another model or search for the rest of it. */
export const addModelFlagsAnew = (command: Command): Command =>
  addChoiceFlags(command.option(MODEL_FLAG, `${MODEL_WORDS}, for the rest of the run`));

const addChoiceFlags = (command: Command): Command =>
  command
    .option("--model-for <who=provider:name>", "another model for an agent or a role", pairs)
    .option("--base-url <address>", "of the model's server, where it is not the usual one")
    .option(
      "--temperature <role=number>",
      "of planning, coding, checking or searching",
      temperatures,
    )
    .option(
      "--prices <file>",
      `JSON of prices by model, in dollars for a million tokens, over ours of ${PRICES_AS_OF}`,
      pricesIn,
    )
    .option("--search <name>", `web search: ${SEARCH_PROVIDERS.join(", ")}`)
    .option("--private-pages", "lets the search read pages of private addresses");

/** The choice that the flags make; what they leave open is left out. */
export function modelChoiceOf(flags: Partial<ModelFlags>): Partial<ModelChoice> {
  const { model, modelFor, temperature, baseUrl, prices, search, privatePages } = flags;
  const { record, replay } = flags;
  return {
    ...(model === undefined ? {} : { model }),
    ...(modelFor === undefined ? {} : { modelFor }),
    ...(temperature === undefined ? {} : { temperatures: temperature }),
    ...(prices === undefined ? {} : { prices }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(search === undefined ? {} : { search }),
    ...(privatePages === undefined ? {} : { privatePages }),
    ...(record === undefined ? {} : { record: resolve(record) }),
    ...(replay === undefined ? {} : { replay: resolve(replay) }),
  };
}

function pairs(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError("write it as name=value.");
  return { ...before, [name]: value };
}

function temperatures(text: string, before: Record<string, number> = {}): Record<string, number> {
  const [[role = "", written] = []] = Object.entries(pairs(text, {}));
  const value = Number(written);
  if (!(value >= 0 && value <= 2))
    throw new InvalidArgumentError("it is a number from 0 to 2, as in coding=0.2.");
  return { ...before, [role]: value };
}

function pricesIn(file: string): PriceTable {
  try {
    return PriceTable.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new SettingsError(
      `--prices ${file}: it is to hold JSON such as {"openai:gpt-5": {"input": 1.25, "output": 10}}`,
      { cause },
    );
  }
}
