import type { ModelChoice } from "../../core/model-choice.ts";
import type { Chat } from "./chat.ts";
import { type LanguageModel, languageModelOn } from "./language-model.ts";
import { priceOf } from "./prices.ts";
import { type Environment, endpoint, nameOf } from "./providers.ts";
import { PATIENCE, type Patience, robustChat } from "./robust-chat.ts";
import { temperaturesOf } from "./roles.ts";

interface Circumstances {
  patience?: Partial<Patience>;
  /** What is left of the run, for the end of each question; null where nothing is limited. */
  remaining?: () => string | null;
  /** Told in a sentence what a user should know, such as a provider that is waited for. */
  onNotice?: (sentence: string) => void;
}

/** The chosen language models behind one Model port; throws a SettingsError at once when one of them cannot be used. */
export function languageModel(
  choice: Pick<ModelChoice, "model"> & Partial<ModelChoice>,
  environment: Environment,
  { patience, remaining, onNotice = () => {} }: Circumstances = {},
): LanguageModel {
  const { model: usual, modelFor = {}, baseUrl = null, prices } = choice;
  const temperatures = temperaturesOf(choice.temperatures ?? {});
  const onWait = nowAndThen(onNotice);

  const chatOf = (spec: string): Chat => {
    const place = endpoint(spec, environment, spec === usual ? baseUrl : null);
    const price = priceOf(nameOf(place), prices);
    const load = async () => {
      const wire = await WIRES[place.protocol]();
      return robustChat(wire(place, temperatures), place, {
        ...PATIENCE,
        ...patience,
        price,
        onWait,
      });
    };
    let loaded: Promise<Chat> | null = null;
    return async (request) => {
      loaded ??= load();
      return (await loaded)(request);
    };
  };
  const usualChat = chatOf(usual);
  const chats = new Map(Object.entries(modelFor).map(([name, spec]) => [name, chatOf(spec)]));
  return languageModelOn(
    ({ agent, role }) => chats.get(agent) ?? chats.get(role) ?? usualChat,
    remaining,
  );
}

/** The provider's package is loaded with the first question: a run by the built-in engineer does without. */
const WIRES = {
  google: async () => (await import("./google-wire.ts")).googleWire,
  openai: async () => (await import("./openai-wire.ts")).openaiWire,
};

const QUIET_MILLISECONDS = 5000;

/** Tells the first of several sentences that come together: many questions wait for one provider. */
function nowAndThen(tell: (sentence: string) => void): (sentence: string) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (sentence) => {
    if (performance.now() - told < QUIET_MILLISECONDS) return;
    told = performance.now();
    tell(sentence);
  };
}
