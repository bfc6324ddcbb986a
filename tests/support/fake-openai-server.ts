import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type LoopbackServer, loopbackServer } from "./loopback-server.ts";
import {
  type ProviderAnswer,
  type ProviderReply,
  playFault,
  type TokenCounts,
} from "./provider-reply.ts";

/** A request for a chat, as far as tests look at it. */
export const OpenaiBody = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
  stream: z.boolean().nullish(),
  temperature: z.number().optional(),
  response_format: z.unknown().optional(),
  stream_options: z.unknown().optional(),
});
export type OpenaiBody = z.infer<typeof OpenaiBody>;

const wireUsage = ({ input, output, cached = 0, reasoning = 0 }: TokenCounts) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: reasoning },
});

const MOST_PARTS = 1000;

/** A few words at a time; an enormous answer comes in larger parts. */
function partsOf(text: string): string[] {
  const length = Math.max(40, Math.ceil(text.length / MOST_PARTS));
  const count = Math.max(1, Math.ceil(text.length / length));
  return Array.from({ length: count }, (_, at) => text.slice(at * length, (at + 1) * length));
}

async function answer(response: ServerResponse, body: OpenaiBody, reply: ProviderAnswer) {
  const head = { id: "chatcmpl-1", created: 1, model: body.model };
  const usage =
    reply.usage === null ? undefined : wireUsage(reply.usage ?? { input: 100, output: 20 });
  const finish_reason = reply.finish ?? "stop";
  await sleep(reply.pause ?? 0);
  if (!body.stream) {
    const message = { role: "assistant", content: reply.text };
    const choices = [{ index: 0, message, finish_reason }];
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...head, object: "chat.completion", choices, usage }));
    return;
  }
  const send = (data: object) =>
    response.write(
      `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", ...data })}\n\n`,
    );
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const part of partsOf(reply.text)) {
    await sleep(reply.pause ?? 0);
    send({
      choices: [{ index: 0, delta: { role: "assistant", content: part }, finish_reason: null }],
    });
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason }] });
  if (usage !== undefined && body.stream_options !== undefined) send({ choices: [], usage });
  if (reply.breaksOff === undefined) response.end("data: [DONE]\n\n");
  else setTimeout(() => response.destroy(), 20);
}

/** A server that speaks OpenAI's chat completions; `reply` decides about each request, counted from 0. */
export const fakeOpenaiServer = (
  reply: (body: OpenaiBody, count: number) => ProviderReply,
): Promise<LoopbackServer> => {
  let count = 0;
  return loopbackServer(async ({ body }, response) => {
    const asked = OpenaiBody.parse(body);
    const given = reply(asked, count++);
    if ("text" in given) await answer(response, asked, given);
    else playFault(given, response);
  });
};
