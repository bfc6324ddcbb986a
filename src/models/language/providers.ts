import { SettingsError } from "../../core/errors.ts";

/** Variables a provider is configured by; wiring passes the process environment, tests their own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which protocol, address and key belong to a name; where nothing is said, a server of one's own that asks for no key. */
interface Provider {
  /** Unless it speaks OpenAI's chat completions. */
  protocol?: "google";
  /** Where there is no usual address, its variable must name it. */
  baseUrl?: string;
  /** Unless it is one of its own name; the first one that is set counts. */
  keyVariables?: readonly string[];
  keyNeeded?: true;
  /** The model of a specification that names only the provider. */
  defaultModel?: string;
}

const PROVIDERS: Readonly<Record<string, Provider>> = {
  openai: {
    baseUrl: "https://api.openai.com/v1",
    keyNeeded: true,
    defaultModel: "gpt-5-mini",
  },
  "google-genai": {
    protocol: "google",
    baseUrl: "https://generativelanguage.googleapis.com",
    keyVariables: ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
    keyNeeded: true,
    defaultModel: "gemini-2.5-flash",
  },
  openrouter: { baseUrl: "https://openrouter.ai/api/v1", keyNeeded: true },
  ollama: { baseUrl: "http://127.0.0.1:11434/v1" },
  vllm: { baseUrl: "http://127.0.0.1:8000/v1" },
  "lm-studio": { baseUrl: "http://127.0.0.1:1234/v1" },
  "openai-compatible": {},
};

/** A variable of the provider of that name: `LM_STUDIO_BASE_URL`. */
const variable = (name: string, what: "API_KEY" | "BASE_URL"): string =>
  `${name.replaceAll("-", "_").toUpperCase()}_${what}`;

const keyVariablesOf = (name: string): readonly string[] =>
  PROVIDERS[name]?.keyVariables ?? [variable(name, "API_KEY")];

/** A model at an address, ready to be asked. */
export interface Endpoint {
  provider: string;
  protocol: "openai" | "google";
  model: string;
  baseUrl: string;
  /** Empty for a server that asks for none. */
  apiKey: string;
  /** The variable to look at when the key is refused. */
  keyVariable: string;
}

/** `provider:model`, as people write it and as usage is reported. */
export const nameOf = ({ provider, model }: Pick<Endpoint, "provider" | "model">): string =>
  `${provider}:${model}`;

/** Reads `provider:model`; keys, and addresses not given, come from the environment. Throws a SettingsError that says what is missing. */
export function endpoint(
  spec: string,
  environment: Environment,
  givenUrl: string | null = null,
): Endpoint {
  const [, provider = "", named] = /^([^:]*)(?::(.*))?$/s.exec(spec.trim()) ?? [];
  if (!Object.hasOwn(PROVIDERS, provider))
    throw new SettingsError(
      `Unknown model "${spec}": write provider:name with one of the providers ${Object.keys(PROVIDERS).join(", ")}, or mailbox:DIR.`,
    );
  const { protocol = "openai", defaultModel, keyNeeded, ...usual } = PROVIDERS[provider] ?? {};
  const model = named?.trim() ?? defaultModel;
  if (!model) throw new SettingsError(`"${spec}" names no model: write ${provider}:NAME.`);
  const variables = keyVariablesOf(provider);
  const keyVariable = variables.find((key) => environment[key]) ?? variables[0] ?? "";
  const apiKey = environment[keyVariable] ?? "";
  if (apiKey === "" && keyNeeded)
    throw new SettingsError(
      `"${spec}" needs a key: set ${variables.join(" or ")} in the environment.`,
    );
  const urlVariable = variable(provider, "BASE_URL");
  const baseUrl = givenUrl || environment[urlVariable] || usual.baseUrl;
  if (!baseUrl)
    throw new SettingsError(
      `"${spec}" needs the address of its server: give it with --base-url or in ${urlVariable}, for instance http://127.0.0.1:8080/v1.`,
    );
  const url = /^https?:\/\//.test(baseUrl) ? URL.parse(baseUrl) : null;
  if (url === null)
    throw new SettingsError(
      `"${spec}" is to be asked at "${baseUrl}", which is no address: it begins with http:// or https://.`,
    );
  if (url.username !== "" || url.password !== "")
    throw new SettingsError(
      `"${spec}" is to be asked at ${url.host} with a password in the address: set ${keyVariable} in the environment instead.`,
    );
  return {
    provider,
    protocol,
    model,
    baseUrl: baseUrl.replace(/(?<!\/)\/+$/, ""),
    apiKey,
    keyVariable,
  };
}

/** The text without the key, should a server have told it. */
export const withoutKey = (text: string, { apiKey }: Endpoint): string =>
  apiKey.length < SHORTEST_KEY ? text : text.replaceAll(apiKey, "***");

/** Shorter ones are words that stand for none, and may stand in any answer. */
const SHORTEST_KEY = 6;

/** The variable that holds the key of this model's provider; of OpenAI, where no provider is named. */
export function keyVariableOf(spec: string): string {
  const [name = ""] = spec.split(":");
  return keyVariablesOf(Object.hasOwn(PROVIDERS, name) ? name : "openai")[0] ?? "";
}

/** The model to use when none is named but a key is there: the first provider whose key is set; null when none is. */
export function defaultModel(environment: Environment): string | null {
  const found = Object.entries(PROVIDERS).find(
    ([name, { defaultModel }]) =>
      defaultModel && keyVariablesOf(name).some((key) => environment[key]),
  );
  return found === undefined ? null : `${found[0]}:${found[1].defaultModel}`;
}
