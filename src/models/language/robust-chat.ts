import { AgentOutputError, ModelUnavailableError } from "../../core/errors.ts";
import type { Chat, ChatReply, ChatRequest } from "./chat.ts";
import { type Fault, faultOf } from "./fault.ts";
import { type Patience, pause, untilAborted, waitAfter } from "./patience.ts";
import { type Endpoint, nameOf } from "./providers.ts";

/** A deadline's own error, so that it is told apart from an abort by the user. */
class DeadlinePassed extends Error {}

/** Asks once, for at most so long. */
async function within(chat: Chat, request: ChatRequest, seconds: number): Promise<ChatReply> {
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new DeadlinePassed(`no answer within ${seconds} seconds`)),
    seconds * 1000,
  );
  const signal = AbortSignal.any([request.signal, deadline.signal]);
  try {
    return await untilAborted(chat({ ...request, signal }), signal);
  } finally {
    clearTimeout(timer);
  }
}

/** What a lasting fault means for the run: a single question that cannot be asked is data, a provider that is gone ends it. */
function lasting(fault: Fault, { agent }: ChatRequest, tries: number, cause: unknown): Error {
  const told = `${fault.sentence} (${fault.detail}${tries > 1 ? `; ${tries} requests` : ""}).`;
  return fault.kind === "request" || fault.kind === "too-long"
    ? new AgentOutputError(agent, told, { cause })
    : new ModelUnavailableError(told, { cause });
}

/** A wait shorter than this is nobody's business. */
const TOLD_SECONDS = 4;

/**
 * The chat with a deadline for each request and with retries where they can help: on overload, server errors, resets
 * and time-outs, but never on a refused key, a spent quota or a bad request. An abort returns at once. `onWait` is told of
 * the longer waits in a sentence.
 */
export function robust(
  chat: Chat,
  endpoint: Endpoint,
  patience: Patience,
  onWait: (sentence: string) => void = () => {},
): Chat {
  return async (request) => {
    for (let tries = 1; ; tries++) {
      try {
        return await within(chat, request, patience.requestSeconds);
      } catch (error) {
        request.signal.throwIfAborted();
        const fault = faultOf(error, endpoint);
        const passing = fault.kind === "busy" || fault.kind === "broken";
        if (!passing || tries >= patience.tries) throw lasting(fault, request, tries, error);
        const seconds = waitAfter(tries, fault.waitSeconds, patience);
        if (seconds >= TOLD_SECONDS)
          onWait(
            `${nameOf(endpoint)} ${fault.kind === "busy" ? "asks for fewer requests" : "does not answer"} (${fault.detail.slice(0, 80)}): request ${tries + 1} of ${patience.tries} follows in ${Math.round(seconds)} s.`,
          );
        await pause(seconds, request.signal);
      }
    }
  };
}
