import { SettingsError } from "../../core/errors.ts";

/** Variables a provider is configured by; wiring passes the process environment, tests their own. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Provider {
  protocol: "openai" | "google";
  /** Null: there is no usual address, the variable must name it. */
  baseUrl: string | null;
  baseUrlVariable: string;
  /** The first one that is set counts. */
  keyVariables: readonly string[];
  keyNeeded: boolean;
  /** The model of a specification that names only the provider. */
  defaultModel: string | null;
}

const PROVIDERS: Record<string, Provider> = {
  openai: {
    protocol: "openai",
    baseUrl: "https://api.openai.com/v1",
    baseUrlVariable: "OPENAI_BASE_URL",
    keyVariables: ["OPENAI_API_KEY"],
    keyNeeded: true,
    defaultModel: "gpt-5-mini",
  },
  "google-genai": {
    protocol: "google",
    baseUrl: "https://generativelanguage.googleapis.com",
    baseUrlVariable: "GOOGLE_GENAI_BASE_URL",
    keyVariables: ["GOOGLE_API_KEY", "GEMINI_API_KEY"],
    keyNeeded: true,
    defaultModel: "gemini-2.5-flash",
  },
  openrouter: {
    protocol: "openai",
    baseUrl: "https://openrouter.ai/api/v1",
    baseUrlVariable: "OPENROUTER_BASE_URL",
    keyVariables: ["OPENROUTER_API_KEY"],
    keyNeeded: true,
    defaultModel: null,
  },
  ollama: {
    protocol: "openai",
    baseUrl: "http://127.0.0.1:11434/v1",
    baseUrlVariable: "OLLAMA_BASE_URL",
    keyVariables: ["OLLAMA_API_KEY"],
    keyNeeded: false,
    defaultModel: null,
  },
  vllm: {
    protocol: "openai",
    baseUrl: "http://127.0.0.1:8000/v1",
    baseUrlVariable: "VLLM_BASE_URL",
    keyVariables: ["VLLM_API_KEY"],
    keyNeeded: false,
    defaultModel: null,
  },
  "lm-studio": {
    protocol: "openai",
    baseUrl: "http://127.0.0.1:1234/v1",
    baseUrlVariable: "LM_STUDIO_BASE_URL",
    keyVariables: ["LM_STUDIO_API_KEY"],
    keyNeeded: false,
    defaultModel: null,
  },
  "openai-compatible": {
    protocol: "openai",
    baseUrl: null,
    baseUrlVariable: "OPENAI_COMPATIBLE_BASE_URL",
    keyVariables: ["OPENAI_COMPATIBLE_API_KEY"],
    keyNeeded: false,
    defaultModel: null,
  },
};

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

function baseUrlOf(
  provider: Provider,
  spec: string,
  environment: Environment,
  given: string | undefined,
): string {
  const url = given || environment[provider.baseUrlVariable] || provider.baseUrl;
  if (!url)
    throw new SettingsError(
      `"${spec}" needs the address of its server: give it with --base-url or in ${provider.baseUrlVariable}, for instance http://127.0.0.1:8080/v1.`,
    );
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new SettingsError(
      `"${spec}" is to be asked at "${url}", which is no address: it begins with http:// or https://.`,
    );
  const { username, password, host } = new URL(url);
  if (username !== "" || password !== "")
    throw new SettingsError(
      `"${spec}" is to be asked at ${host} with a password in the address: set ${provider.keyVariables[0]} in the environment instead.`,
    );
  return url.replace(/\/+$/, "");
}

/** Reads `provider:model`; keys, and addresses not given, come from the environment. Throws a SettingsError that says what is missing. */
export function endpoint(spec: string, environment: Environment, givenUrl?: string): Endpoint {
  const colon = spec.indexOf(":");
  const name = (colon === -1 ? spec : spec.slice(0, colon)).trim();
  const provider = Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;
  if (provider === undefined)
    throw new SettingsError(
      `Unknown model "${spec}": write provider:name with one of the providers ${Object.keys(PROVIDERS).join(", ")}.`,
    );
  const model = colon === -1 ? provider.defaultModel : spec.slice(colon + 1).trim();
  if (!model) throw new SettingsError(`"${spec}" names no model: write ${name}:NAME.`);
  const apiKey = provider.keyVariables.map((key) => environment[key]).find(Boolean) ?? "";
  if (apiKey === "" && provider.keyNeeded)
    throw new SettingsError(
      `"${spec}" needs a key: set ${provider.keyVariables.join(" or ")} in the environment.`,
    );
  const keyVariable =
    provider.keyVariables.find((key) => environment[key]) ?? provider.keyVariables[0] ?? "";
  const baseUrl = baseUrlOf(provider, spec, environment, givenUrl);
  return { provider: name, protocol: provider.protocol, model, baseUrl, apiKey, keyVariable };
}

/** The variable that holds the key of this model's provider; of OpenAI, where no provider is named. */
export const keyVariableOf = (spec: string): string =>
  (PROVIDERS[spec.split(":")[0] ?? ""] ?? PROVIDERS["openai"])?.keyVariables[0] ?? "";

/** The model to use when none is named but a key is there: the first provider whose key is set; null when none is. */
export function defaultModel(environment: Environment): string | null {
  const found = Object.entries(PROVIDERS).find(
    ([, { keyNeeded, defaultModel, keyVariables }]) =>
      keyNeeded && defaultModel !== null && keyVariables.some((key) => environment[key]),
  );
  return found === undefined ? null : `${found[0]}:${found[1].defaultModel}`;
}
