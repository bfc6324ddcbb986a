import { IDLE_SECONDS, type ModelChoice } from "../../core/model-choice.ts";
import type { Ask } from "../../core/ports.ts";
import type { Chat } from "./chat.ts";
import { type LanguageModel, languageModelOn } from "./language-model.ts";
import { mailboxChat, mailboxFolder } from "./mailbox.ts";
import { priceOf } from "./prices.ts";
import { type Environment, endpoint, nameOf } from "./providers.ts";
import { PATIENCE, type Patience, robustChat } from "./robust-chat.ts";
import { effortsOf, temperaturesOf } from "./roles.ts";
import { turnstile } from "./turnstile.ts";

interface Circumstances {
  /** The id of the run, for those who answer several. */
  run?: string;
  patience?: Partial<Patience>;
  /** What is left of the run, for the end of each question; null where nothing is limited. */
  remaining?: () => string | null;
  /** What is left of the run's time for a call of this agent. */
  secondsLeft?: (agent: string) => number;
  /** Told in a sentence what a user should know, such as a provider that is waited for. */
  onNotice?: (sentence: string) => void;
}

/** The chosen language models behind one Model port; throws a SettingsError at once when one of them cannot be used. */
export function languageModel(
  choice: Pick<ModelChoice, "model"> & Partial<ModelChoice>,
  environment: Environment,
  { run = "none", patience, remaining, secondsLeft, onNotice = () => {} }: Circumstances = {},
): LanguageModel {
  const { model: usual, modelFor = {}, baseUrl = null, prices } = choice;
  const { idleSeconds = IDLE_SECONDS, callsAtOnce = null } = choice;
  const manner = {
    temperatures: temperaturesOf(choice.temperatures ?? {}),
    efforts: effortsOf(choice.efforts ?? {}),
  };
  const pass = turnstile(callsAtOnce);
  const onWait = nowAndThen(onNotice);

  const chatOf = (spec: string): Chat => {
    const folder = mailboxFolder(spec);
    if (folder !== null)
      return mailboxChat(spec, folder, { run, price: priceOf(spec, prices), onNotice });
    const place = endpoint(spec, environment, spec === usual ? baseUrl : null);
    const price = priceOf(nameOf(place), prices);
    const load = async () => {
      const wire = await WIRES[place.protocol]();
      return robustChat(wire(place, manner), place, {
        ...{ ...PATIENCE, idleSeconds, ...patience },
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
  const chatFor = ({ agent, role }: Ask) => chats.get(agent) ?? chats.get(role) ?? usualChat;
  return languageModelOn((ask) => (request) => pass(request.signal, () => chatFor(ask)(request)), {
    ...(remaining && { remaining }),
    ...(secondsLeft && { secondsLeft }),
  });
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
