import { setTimeout as sleep } from "node:timers/promises";
import type { AIMessageChunk } from "@langchain/core/messages";
import { AgentOutputError, ModelUnavailableError, OverBudgetError } from "../../core/errors.ts";
import { IDLE_SECONDS, type Price } from "../../core/model-choice.ts";
import { type Chat, type ChatRequest, LONGEST_ANSWER } from "./chat.ts";
import { type Fault, faultOf } from "./fault.ts";
import { type Endpoint, nameOf } from "./providers.ts";
import { replyOf } from "./reply.ts";
import { estimatedUsage } from "./usage.ts";
import { OPTIONS, type Option, type Wire } from "./wire.ts";

/** How long to wait for a provider before giving up. */
export interface Patience {
  /** Requests for one call at the most, the first included. */
  tries: number;
  /** How long nothing may come of an answer before it is asked for again. */
  idleSeconds: number;
  firstWaitSeconds: number;
  /** Of the waits that we choose. */
  longestWaitSeconds: number;
  /** Of those that a provider asks for. */
  longestAskedSeconds: number;
}

export const PATIENCE: Patience = {
  tries: 6,
  idleSeconds: IDLE_SECONDS,
  firstWaitSeconds: 2,
  longestWaitSeconds: 60,
  longestAskedSeconds: 3600,
};

/** The wait after the failure of try number `failed` (from 1): doubled each time, with jitter, never shorter than asked for. */
function waitAfter(failed: number, asked: number | null, patience: Patience): number {
  const grown = patience.firstWaitSeconds * 2 ** (failed - 1) * (0.75 + Math.random() / 2);
  return Math.max(Math.min(grown, patience.longestWaitSeconds), asked ?? 0);
}

/** What a lasting fault means for the run: a single question that cannot be asked is data, a provider that is gone ends it. */
function lasting(fault: Fault, agent: string, tries: number, cause: unknown): Error {
  const told = `${fault.sentence} (${fault.detail}${tries > 1 ? `; ${tries} requests` : ""}).`;
  return fault.kind === "request" || fault.kind === "too-long"
    ? new AgentOutputError(agent, told, { cause })
    : new ModelUnavailableError(told, { cause });
}

/** The run ends before the provider would answer. */
const tooLong = (
  { ask }: ChatRequest,
  { sentence, detail }: Fault,
  { seconds, left }: { seconds: number; left: number },
) =>
  new OverBudgetError(
    `the ${ask.agent} was not answered: ${sentence} (${detail.slice(0, 120)}); the next request would follow in ${Math.round(seconds)} s, and ${Math.round(left)} s are left of the run`,
  );

/** A wait shorter than this is nobody's business. */
const TOLD_SECONDS = 4;

/**
 * The chat of a provider, with a deadline for its silence and with retries where they can help: on overload, server errors,
 * resets and time-outs, but never on a refused key, a spent quota or a bad request, nor after the end of the run. An option that is refused by name is left
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

  /** Asks once, for as long as something comes. LangChain's own collecting fetches a tokenizer from the web to estimate the usage. */
  async function asked(request: ChatRequest) {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), patience.idleSeconds * 1000);
    const signal = AbortSignal.any([request.signal, silence.signal]);
    let whole: AIMessageChunk | null = null;
    let length = 0;
    try {
      for await (const chunk of wire({ ...request, signal }, refused)) {
        timer.refresh();
        whole = whole === null ? chunk : whole.concat(chunk);
        length += chunk.text.length;
        if (length > LONGEST_ANSWER) break;
      }
      if (whole === null) throw new Error("the stream of the answer was empty");
      const reply = replyOf(whole, endpoint, price);
      if (length <= LONGEST_ANSWER) return reply;
      return { ...reply, usage: estimatedUsage(nameOf(endpoint), request, whole.text, price) };
    } catch (error) {
      // What came of it is paid for; streams count at their end only.
      if (whole !== null)
        request.onLost(estimatedUsage(nameOf(endpoint), request, whole.text, price));
      if (!silence.signal.aborted) throw error;
      throw new Error(`nothing came for ${patience.idleSeconds} seconds`);
    } finally {
      clearTimeout(timer);
    }
  }

  return async (request) => {
    for (let tries = 1; ; tries++) {
      try {
        return await asked(request);
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
        const left = request.secondsLeft();
        if (seconds > left) throw tooLong(request, fault, { seconds, left });
        if (seconds > patience.longestAskedSeconds)
          throw lasting(fault, request.ask.agent, tries, error);
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
