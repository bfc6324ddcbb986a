import type { PriceTable } from "../../core/model-choice.ts";
import type { Chat } from "./chat.ts";
import { type LanguageModel, languageModelOn } from "./language-model.ts";
import { PATIENCE, type Patience } from "./patience.ts";
import { priceOf } from "./prices.ts";
import { type Endpoint, type Environment, endpoint, nameOf } from "./providers.ts";
import { robust } from "./robust-chat.ts";
import { type Role, roleOf, specOf, temperatureOf } from "./roles.ts";

interface LanguageModelOptions {
  /** `provider:model`, the model of all agents that `specFor` does not name. */
  spec: string;
  /** Models by agent or by role. */
  specFor?: Readonly<Record<string, string>>;
  environment: Environment;
  /** Address of the server of `spec`, where it is not the usual one. */
  baseUrl?: string;
  /** By role. */
  temperatures?: Readonly<Record<string, number>>;
  prices?: PriceTable;
  patience?: Partial<Patience>;
  /** Told in a sentence what a user should know, such as a provider that is waited for. */
  onNotice?: (sentence: string) => void;
  /** Placed around every chat: a recorder, for instance. */
  around?: (chat: Chat) => Chat;
}

/** The language models of a run behind one Model port; throws a SettingsError at once when one of them cannot be used. */
export function languageModel(options: LanguageModelOptions): LanguageModel {
  const { environment, prices, temperatures = {}, around = (chat: Chat) => chat } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const chats = new Map<string, Chat>();
  const onWait = nowAndThen(options.onNotice);

  const placeOf = (spec: string) =>
    endpoint(spec, environment, spec === options.spec ? options.baseUrl : undefined);
  const chatOf = (spec: string, role: Role): Chat => {
    const key = `${role} ${spec}`;
    const made = chats.get(key);
    if (made !== undefined) return made;
    const place = placeOf(spec);
    const temperature = temperatureOf(role, temperatures);
    const price = priceOf(nameOf(place), prices);
    const ready = loaded(place.protocol).then((make) =>
      around(robust(make(place, { temperature, price }), place, patience, onWait)),
    );
    const chat: Chat = async (request) => (await ready)(request);
    chats.set(key, chat);
    return chat;
  };

  for (const spec of [options.spec, ...Object.values(options.specFor ?? {})]) placeOf(spec);
  temperatureOf("planning", temperatures);
  specOf("planner", options);
  return languageModelOn((agent) => chatOf(specOf(agent, options), roleOf(agent)));
}

/** The provider's package is loaded with the first question: a run by the built-in engineer does without. */
const loaded = async (protocol: Endpoint["protocol"]) =>
  protocol === "google"
    ? (await import("./google-chat.ts")).googleChat
    : (await import("./openai-chat.ts")).openaiChat;

const QUIET_MILLISECONDS = 5000;

/** Tells the first of several sentences that come together: many questions wait for one provider. */
function nowAndThen(tell: (sentence: string) => void = () => {}): (sentence: string) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (sentence) => {
    if (performance.now() - told < QUIET_MILLISECONDS) return;
    told = performance.now();
    tell(sentence);
  };
}
