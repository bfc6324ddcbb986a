import { setTimeout as sleep } from "node:timers/promises";
import { AgentOutputError, ModelUnavailableError } from "../../core/errors.ts";
import type { Price } from "../../core/model-choice.ts";
import type { Chat, ChatRequest } from "./chat.ts";
import { type Fault, faultOf } from "./fault.ts";
import { type Endpoint, nameOf } from "./providers.ts";
import { replyOf } from "./reply.ts";
import { OPTIONS, type Option, type Wire } from "./wire.ts";

/** How long to wait for a provider before giving up. */
export interface Patience {
  /** Requests for one call at the most, the first included. */
  tries: number;
  /** Deadline of one request. */
  requestSeconds: number;
  firstWaitSeconds: number;
  longestWaitSeconds: number;
}

export const PATIENCE: Patience = {
  tries: 6,
  requestSeconds: 280,
  firstWaitSeconds: 2,
  longestWaitSeconds: 60,
};

/** The wait after the failure of try number `failed` (from 1): doubled each time, with jitter, never shorter than asked for. */
function waitAfter(failed: number, asked: number | null, patience: Patience): number {
  const grown = patience.firstWaitSeconds * 2 ** (failed - 1) * (0.75 + Math.random() / 2);
  return Math.min(Math.max(grown, asked ?? 0), patience.longestWaitSeconds);
}

/** What a lasting fault means for the run: a single question that cannot be asked is data, a provider that is gone ends it. */
function lasting(fault: Fault, agent: string, tries: number, cause: unknown): Error {
  const told = `${fault.sentence} (${fault.detail}${tries > 1 ? `; ${tries} requests` : ""}).`;
  return fault.kind === "request" || fault.kind === "too-long"
    ? new AgentOutputError(agent, told, { cause })
    : new ModelUnavailableError(told, { cause });
}

/** A wait shorter than this is nobody's business. */
const TOLD_SECONDS = 4;

/**
 * The chat of a provider, with a deadline for each request and with retries where they can help: on overload, server errors,
 * resets and time-outs, but never on a refused key, a spent quota or a bad request. An option that is refused by name is left
 * out for good. An abort returns at once. `onWait` is told of the longer waits in a sentence.
 */
export function robustChat(
  wire: ReturnType<Wire>,
  endpoint: Endpoint,
  {
    price,
    onWait,
    ...patience
  }: Patience & { price: Price | null; onWait: (sentence: string) => void },
): Chat {
  const refused = new Set<Option>();

  /** Asks once, for at most so long. */
  async function within(request: ChatRequest, seconds: number) {
    const deadline = AbortSignal.timeout(seconds * 1000);
    const signal = AbortSignal.any([request.signal, deadline]);
    try {
      return replyOf(await wire({ ...request, signal }, refused), endpoint, price);
    } catch (error) {
      throw deadline.aborted ? new Error(`no answer within ${seconds} seconds`) : error;
    }
  }

  return async (request) => {
    for (let tries = 1; ; tries++) {
      try {
        return await within(request, patience.requestSeconds);
      } catch (error) {
        request.signal.throwIfAborted();
        const fault = faultOf(error, endpoint);
        const option = fault.kind === "request" ? optionIn(fault.detail, refused) : undefined;
        if (option !== undefined) {
          refused.add(option);
          continue;
        }
        const passing = fault.kind === "busy" || fault.kind === "broken";
        if (!passing || tries >= patience.tries)
          throw lasting(fault, request.ask.agent, tries, error);
        const seconds = waitAfter(tries, fault.waitSeconds, patience);
        if (seconds >= TOLD_SECONDS)
          onWait(
            `${nameOf(endpoint)} ${fault.kind === "busy" ? "asks for fewer requests" : "does not answer"} (${fault.detail.slice(0, 80)}): request ${tries + 1} of ${patience.tries} follows in ${Math.round(seconds)} s.`,
          );
        await sleep(seconds * 1000, undefined, { signal: request.signal }).catch(() => {});
        request.signal.throwIfAborted();
      }
    }
  };
}

/** The first option that these words refuse and that was not left out yet. */
const optionIn = (words: string, refused: ReadonlySet<Option>): Option | undefined =>
  OPTIONS.find(({ name, refusal }) => !refused.has(name) && refusal.test(words))?.name;
